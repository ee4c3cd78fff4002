import { NetworkFailure, type AddressField } from './transport';

/**
 * Node's codes for a certificate that it does not accept: `X509_V_ERR_…` of OpenSSL, and its own for a name that is not the
 * server's. It looks at the certificate before anything of the request is sent.
 */
const REFUSED_CERTIFICATES = new Set([
	'CERT_CHAIN_TOO_LONG',
	'CERT_HAS_EXPIRED',
	'CERT_NOT_YET_VALID',
	'CERT_REJECTED',
	'CERT_REVOKED',
	'CERT_SIGNATURE_FAILURE',
	'CERT_UNTRUSTED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'ERR_TLS_CERT_ALTNAME_FORMAT',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'HOSTNAME_MISMATCH',
	'INVALID_CA',
	'INVALID_PURPOSE',
	'PATH_LENGTH_EXCEEDED',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** What a failure of TLS means for the request; undefined where the code is of something else. Another try would fare no better. */
export function tlsFailure(code: string, address: AddressField): NetworkFailure | undefined {
	if (REFUSED_CERTIFICATES.has(code)) {
		const reason = `Nothing was sent: n8n does not accept the certificate of the server (${code}). Check the ${address} of the credential. Where a proxy of your company shows a certificate of its own, name it to n8n with NODE_EXTRA_CA_CERTS.`;
		return new NetworkFailure(code, false, reason);
	}
	// A server can break the protocol at any time, so this does not show that nothing was sent.
	if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) {
		const reason = `The server does not speak TLS as an https address should (${code}). Check the ${address} of the credential and any proxy on the way.`;
		return new NetworkFailure(code, true, reason);
	}
	return undefined;
}
