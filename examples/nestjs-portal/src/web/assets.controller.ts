import { readFileSync } from 'node:fs';
import { Controller, Get, Header } from '@nestjs/common';

const styleSheet = readFileSync(new URL('../assets/portal.css', import.meta.url), 'utf8');

@Controller('assets')
export class AssetsController {
  @Get('portal.css')
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('cache-control', 'public, max-age=300')
  styleSheet(): string {
    return styleSheet;
  }
}
