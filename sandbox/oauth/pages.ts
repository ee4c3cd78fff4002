import type { FastifyReply } from 'fastify';

import type { CompanyState } from '../company/company';
import type { ConsentRequest } from './consent';

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

export function htmlPage(reply: FastifyReply, status: number, title: string, body: string): FastifyReply {
	const page = `<!doctype html>
<html lang="sv"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body { font: 16px/1.5 system-ui, sans-serif; background: #f3f4f2; color: #222; margin: 0; }
main { max-width: 30rem; margin: 3rem auto; background: #fff; padding: 2rem; border-radius: 8px; box-shadow: 0 1px 4px #0003; }
h1 { font-size: 1.3rem; margin-top: 0; } label { display: block; margin: .4rem 0; } .note { color: #666; font-size: .85rem; }
button { font: inherit; padding: .5rem 1.2rem; border-radius: 4px; border: 1px solid #1d6b45; margin-right: .5rem; cursor: pointer; }
#approve { background: #1d6b45; color: #fff; } #deny { background: #fff; color: #1d6b45; } .error { color: #a11; }
</style></head><body><main>${body}</main></body></html>`;
	return reply.code(status).type('text/html; charset=utf-8').send(page);
}

/** Asks which company consents, and to what. `id` comes back with the answer. */
export function consentForm(id: string, { client, scopes, serviceAccount }: ConsentRequest, companies: readonly CompanyState[]): string {
	const choices = companies.map(
		({ profile }, index) =>
			`<label><input type="radio" name="company" value="${profile.tenantId}"${index === 0 ? ' checked' : ''}> ` +
			`${escapeHtml(profile.name)} (${profile.tenantId}), som ${escapeHtml(profile.user.name)}</label>`,
	);
	return `<h1>Vill du koppla ${escapeHtml(client.name)} till Fortnox?</h1>
<form method="post" action="/oauth-v1/auth">
<input type="hidden" name="request" value="${id}">
<p>Välj företag:</p>${choices.join('')}
<p>Appen får läsa och skriva:</p><ul>${scopes.map((scope) => `<li>${escapeHtml(scope)}</li>`).join('')}</ul>
${serviceAccount ? '<p>Kopplingen görs som servicekonto.</p>' : ''}
<button id="approve" name="decision" value="approve">Godkänn</button><button id="deny" name="decision" value="deny">Avbryt</button>
<p class="note">This is the local sandbox, not Fortnox.</p>
</form>`;
}
