import { generateKeyPairSync, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** What a TLS server shows, in PEM. */
export interface Certificate {
	cert: string;
	key: string;
}

/**
 * A certificate that signs itself (X.509, RFC 5280), for a name or an IPv4 address. OpenSSL reads the machine's own clock, not
 * that of the tests.
 */
export function certificateFor(host: string, { from = 2000, to = 2049 } = {}): Certificate {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8, Buffer.from('test')))));
	const alternative = isIPv4(host) ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host));
	const body = der(
		SEQUENCE,
		der(0xa0, der(INTEGER, Buffer.from([2]))),
		der(INTEGER, Buffer.from([1])),
		der(SEQUENCE, ECDSA_WITH_SHA256),
		name,
		der(SEQUENCE, beginningOf(from), beginningOf(to)),
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
		der(0xa3, der(SEQUENCE, der(SEQUENCE, ALTERNATIVE_NAME, der(OCTETS, der(SEQUENCE, alternative))))),
	);
	const signature = der(BITS, Buffer.from([0]), sign('sha256', body, privateKey));
	const whole = der(SEQUENCE, body, der(SEQUENCE, ECDSA_WITH_SHA256), signature);
	return {
		cert: `-----BEGIN CERTIFICATE-----\n${whole.toString('base64')}\n-----END CERTIFICATE-----\n`,
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
	};
}

const [INTEGER, BITS, OCTETS, UTF8, UTC_TIME, SEQUENCE, SET] = [0x02, 0x03, 0x04, 0x0c, 0x17, 0x30, 0x31];

/** Object identifiers: 2.5.4.3, 2.5.29.17, 1.2.840.10045.4.3.2 */
const COMMON_NAME = der(0x06, Buffer.from([0x55, 4, 3]));
const ALTERNATIVE_NAME = der(0x06, Buffer.from([0x55, 29, 17]));
const ECDSA_WITH_SHA256 = der(0x06, Buffer.from([0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2]));

function beginningOf(year: number): Buffer {
	return der(UTC_TIME, Buffer.from(`${String(year % 100).padStart(2, '0')}0101000000Z`));
}

/** A value in DER: its tag, its length, and what it holds. */
function der(tag: number, ...parts: Buffer[]): Buffer {
	const content = Buffer.concat(parts);
	const { length } = content;
	const head = length < 0x80 ? [tag, length] : length < 0x100 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from(head), content]);
}
