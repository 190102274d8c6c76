import { createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** What the server of {@link startScriptedServer} says instead of what a good one would; `drop`: it hangs up without a word. */
export interface Script {
  readonly greeting?: string;
  readonly mailFrom?: string;
  readonly rcptTo?: string;
  readonly data?: string;
  /** After the first bytes of the message, before its end. */
  readonly inMessage?: 'drop';
  /** After the whole message. `silence`: never answers. */
  readonly message?: string;
}

/** What the double saw. */
export interface ScriptedServer {
  readonly port: number;
  readonly messages: string[];
  readonly commands: string[];
  /** For the next connections; the first one first, the last one stays. */
  readonly scripts: Script[];
  /** Ends every open connection, as a server does with idle ones. */
  hangUp(): void;
}

/** A double of a mail server that says what a script tells it to: no real one can be made to fail at a chosen moment. */
export async function startScriptedServer(...scripts: Script[]): Promise<ScriptedServer> {
  const sockets = new Set<Socket>();
  const seen = { messages: [] as string[], commands: [] as string[] };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    talk(socket, (scripts.length > 1 ? scripts.shift() : scripts[0]) ?? {}, seen);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const hangUp = () => {
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(() => {
    hangUp();
    server.close();
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    ...seen,
    scripts,
    hangUp,
  };
}

function talk(socket: Socket, script: Script, seen: { messages: string[]; commands: string[] }): void {
  const say = (line: string) => {
    if (line === 'drop') socket.destroy();
    else if (line !== 'silence') socket.write(`${line}\r\n`);
  };
  let inMessage = false;
  let text = '';
  say(script.greeting ?? '220 double ready');
  socket.setEncoding('latin1').on('data', (chunk) => {
    text += String(chunk);
    if (inMessage && script.inMessage === 'drop') return say('drop');
    for (;;) {
      const end = inMessage ? '\r\n.\r\n' : '\r\n';
      const at = text.indexOf(end);
      if (at < 0) return;
      const part = text.slice(0, at);
      text = text.slice(at + end.length);
      if (inMessage) {
        inMessage = false;
        seen.messages.push(part);
        say(script.message ?? '250 2.0.0 taken');
        continue;
      }
      seen.commands.push(part);
      const verb = part.toUpperCase();
      if (verb.startsWith('EHLO') || verb === 'RSET') say('250 double');
      else if (verb.startsWith('MAIL FROM')) say(script.mailFrom ?? '250 2.1.0 ok');
      else if (verb.startsWith('RCPT TO')) say(script.rcptTo ?? '250 2.1.5 ok');
      else if (verb === 'DATA') {
        const answer = script.data ?? '354 go on';
        inMessage = answer.startsWith('3');
        say(answer);
      } else say(verb === 'QUIT' ? '221 bye' : '502 5.5.1 not here');
    }
  });
}
