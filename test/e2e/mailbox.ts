import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

export interface Mailbox {
	port: number;
	/** The mails that came so far, headers and body, without the encoding of their transport. */
	mails(): string[];
	close(): Promise<void>;
}

/** A mail server that takes every mail and delivers none. */
export async function startMailbox(): Promise<Mailbox> {
	const mails: string[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		receive(socket, (mail) => mails.push(decoded(mail)));
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no TCP port');
	return {
		port: address.port,
		mails: () => [...mails],
		close: async () => {
			server.close();
			for (const socket of sockets) socket.destroy();
			await once(server, 'close');
		},
	};
}

/** SMTP, as far as a client needs it that neither signs in nor encrypts. */
function receive(socket: Socket, onMail: (mail: string) => void): void {
	let waiting = '';
	let mail: string[] | undefined;
	socket.setEncoding('utf8').write('220 mailbox\r\n');
	socket.on('error', () => socket.destroy());
	socket.on('data', (text: string) => {
		waiting += text;
		const lines = waiting.split('\r\n');
		waiting = lines.pop() ?? '';
		for (const line of lines) {
			if (mail === undefined) {
				const command = line.slice(0, 4).toUpperCase();
				if (command === 'DATA') mail = [];
				socket.write(command === 'DATA' ? '354 go on\r\n' : command === 'QUIT' ? '221 bye\r\n' : '250 fine\r\n');
				if (command === 'QUIT') socket.end();
			} else if (line === '.') {
				onMail(mail.join('\n'));
				mail = undefined;
				socket.write('250 taken\r\n');
			} else {
				mail.push(line.startsWith('..') ? line.slice(1) : line);
			}
		}
	});
}

/** Quoted-printable: lines that were broken, and characters as `=3D`. */
function decoded(mail: string): string {
	if (!/quoted-printable/i.test(mail)) return mail;
	const bytes = mail.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
	return Buffer.from(bytes, 'latin1').toString('utf8');
}
