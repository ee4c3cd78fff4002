/** Prints, as a Markdown table, what the SIE reader makes of the sample files of other programs. */
import { SAMPLES, judgeSamples, samplesExist } from '../test/unit/sie/samples';

if (samplesExist()) {
	console.log('| file | type | encoding | vouchers | rows | warnings | verdict | balances |');
	console.log('| --- | --- | --- | ---: | ---: | ---: | --- | --- |');
	for (const sample of judgeSamples()) console.log(`| ${Object.values(sample).join(' | ')} |`);
} else {
	console.log(`No sample files in ${SAMPLES}.`);
}
