import { Controller, Get } from '@nestjs/common';
import { type Frame, InFrame } from './frame.decorator.ts';
import { type Html, html } from './html.ts';
import { page } from './page.ts';
import { university } from './university.ts';

@Controller()
export class HomeController {
  @Get()
  home(@InFrame() frame: Frame): Html {
    return page(frame, {
      title: 'Home',
      ownTitle: true,
      main: html`<div class="hero"><div>
<h1>What you earned here, where you need it</h1>
<p>See your degrees and short courses, and add them to SEEK Pass: a wallet of your own, which you show to whom you choose.</p>
<p class="actions"><a class="button" href="/credentials">My credentials</a> <a class="button second" href="/staff">For staff</a></p>
</div>
<div class="card sample" aria-hidden="true"><p class="kind">${university.name}</p>
<p class="sample-title">Bachelor of Commerce (Accounting)</p>
<p class="quiet">With honours, 2025</p>
<p><span class="badge good">Added</span></p></div>
</div>
<section aria-labelledby="how"><h2 id="how">How it works</h2>
<ol class="steps">
<li><h3>Sign in</h3><p>You see what the university has on record for you.</p></li>
<li><h3>Press “Add to SEEK Pass”</h3><p>We show you once more what is sent. Only then does it leave the university.</p></li>
<li><h3>Accept it in SEEK Pass</h3><p>Come back whenever you like: this page says what became of it.</p></li>
</ol></section>`,
    });
  }
}
