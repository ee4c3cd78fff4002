import type { INodeExecutionData } from 'n8n-workflow';

import { parseSie, type SieFile } from '../../../nodes/shared/ledger/sie';
import { writeSie } from '../../unit/sie/writer';
import { decodeText } from '../../../nodes/shared/ledger/sie/encoding';
import { seedCompanies } from '../../../sandbox/company/seed';

/** The sandbox's first company: ten digits of its organisation number. */
export const OWN_NUMBER = (seedCompanies(Date.now)[0]?.profile.organizationNumber ?? '').replace('-', '');

const HEAD = `#FLAGGA 0
#PROGRAM "Lönesystemet" 2026.1
#FORMAT PC8
#GEN 20260601
#SIETYP 4
#ORGNR ${OWN_NUMBER}
#FNAMN "Björkdalens Handel AB"
#RAR 0 20260101 20261231
`;

/** A file as a pre-system of the sandbox's first company exports it: the head, then what the test is about. */
export function preSystemFile(body: string, change: (file: SieFile) => void = () => undefined): Buffer {
	const file = parseSie(Buffer.from(HEAD + body, 'utf8'), { allowUnbalanced: true });
	change(file);
	return writeSie(file);
}

/** The text of a file that our writer wrote, for programs that write the label `PC8` over another encoding. */
export function inEncoding(file: Buffer, encoding: 'utf8' | 'latin1'): Buffer {
	return Buffer.from(decodeText(file.toString('latin1'), 'cp437'), encoding);
}

export function itemWith(content: Buffer | string): INodeExecutionData {
	return {
		json: {},
		binary: {
			data: { data: Buffer.from(content).toString('base64'), mimeType: 'application/octet-stream', fileName: 'lön.si' },
		},
	};
}

/** A voucher of rows that balance: what stands on `debit` against the bank. */
export function voucher(id: string, date = '20260625', amount = '100.00', text = 'Löner juni'): string {
	return `#VER ${id} ${date} "${text}"\n{\n#TRANS 7210 {} ${amount}\n#TRANS 1930 {} -${amount}\n}\n`;
}
