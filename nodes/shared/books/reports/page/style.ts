/** Plain rules without variables: mail programs know little CSS, and what they don't know must not be missed. */
const RULES = `
*{box-sizing:border-box}
body{margin:0;background:#eef1f0;color:#1c2b28;font:14px/1.45 -apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;-webkit-text-size-adjust:100%}
main{max-width:980px;margin:24px auto;padding:36px 40px 28px;background:#fff;border:1px solid #dde4e2;border-radius:10px}
header{border-bottom:3px solid #17493f;padding-bottom:16px;margin-bottom:22px}
.company{margin:0;color:#4e625d;font-size:14px;font-weight:600}
h1{margin:2px 0 4px;font-size:29px;line-height:1.2;letter-spacing:-.3px;color:#17493f}
.period{margin:0;font-size:17px;color:#1c2b28}
.scope{margin:4px 0 0;color:#4e625d}
.figures{width:100%;border-collapse:separate;border-spacing:0;margin:0 0 22px}
.figures td{width:33.3%;padding:12px 16px;background:#f4f7f6;border-left:4px solid #17493f;vertical-align:top}
.figures td+td{border-left:10px solid #fff;box-shadow:inset 4px 0 0 #17493f;padding-left:20px}
.figures span{display:block;color:#4e625d;font-size:12.5px}
.figures b{font-size:19px;white-space:nowrap;font-variant-numeric:tabular-nums}
figure{margin:0 0 26px}
figure svg{display:block;width:100%;max-width:980px;height:auto}
figcaption{margin-top:8px;color:#4e625d;font-size:12px}
figcaption i{display:inline-block;width:10px;height:10px;border-radius:2px;margin:0 5px 0 0}
figcaption span{display:inline-block;margin:0 16px 2px 0}
.wide{overflow-x:auto}
table.report{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
.report th{padding:6px 0 6px 18px;border-bottom:2px solid #17493f;text-align:right;font-size:12px;font-weight:600;color:#4e625d;white-space:nowrap}
.report th:first-child{text-align:left;padding-left:0}
.report td{padding:3px 0 3px 18px;text-align:right;white-space:nowrap}
.report td:first-child{padding-left:0;text-align:left;white-space:normal;min-width:170px}
.report .no{display:inline-block;min-width:44px;color:#6b7d79}
.report .l2 td:first-child{padding-left:14px}
.report .l3 td:first-child{padding-left:28px}
.report .l4 td:first-child{padding-left:42px}
.report .total .minus{color:#a3341f}
.report .head td{padding-top:12px;font-weight:600}
.report .head.l1 td{padding-top:18px;font-size:15.5px;color:#17493f}
.report .sum td{font-weight:600}
.report .sum td+td{border-top:1px solid #b9c6c2}
.report .line td{padding-top:5px;padding-bottom:5px}
.report .total td{padding-top:8px;padding-bottom:8px;font-weight:700;border-top:1px solid #17493f;border-bottom:1px solid #17493f;background:#f4f7f6}
.report .total.l2 td,.report .total.l3 td{border-color:#b9c6c2;background:none;font-weight:600;padding-top:5px;padding-bottom:5px}
.report .last td{border-bottom:4px double #17493f}
.notes{margin:22px 0 0;padding:12px 16px;background:#fff7e6;border-left:4px solid #d48a0c}
.notes p{margin:0 0 6px}.notes p:last-child{margin:0}
footer{margin-top:24px;color:#6b7d79;font-size:12px}
@media (max-width:640px){body{background:#fff}main{margin:0;padding:20px 14px;border:0;border-radius:0}h1{font-size:23px}
.figures td{padding:8px 8px}.figures td+td{padding-left:10px;border-left-width:6px}.figures b{font-size:14px}.figures span{font-size:11px}
figure text{font-size:21px}
.report{font-size:12.5px}.report td,.report th{padding-left:12px}.report td:first-child{min-width:140px}
.report .l2 td:first-child{padding-left:6px}.report .l3 td:first-child{padding-left:12px}.report .l4 td:first-child{padding-left:18px}.report .no{min-width:36px}}
@media print{body{background:#fff;font-size:10pt}main{max-width:none;margin:0;padding:0;border:0}.wide{overflow:visible}thead{display:table-header-group}
tr,figure,.notes{page-break-inside:avoid;break-inside:avoid}.report .head{break-after:avoid;page-break-after:avoid}
.report .sum,.report .total{break-before:avoid;page-break-before:avoid}.report{font-size:9pt}.report td,.report th{padding-left:9pt}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`;

/** More columns than this don't fit a sheet of paper upright. */
const MOST_UPRIGHT = 5;

/** The page's style. Printed lying down where it has many columns, and smaller. */
export function styleFor(columns: number): string {
	const isWide = columns > MOST_UPRIGHT;
	const sheet = `@page{size:A4${isWide ? ' landscape' : ''};margin:14mm}`;
	return `${RULES}${sheet}${isWide ? 'main{max-width:1500px}.report{font-size:12.5px}.report td,.report th{padding-left:12px}@media print{.report{font-size:7.5pt}.report td,.report th{padding-left:5pt}}' : ''}`.replace(
		/\n/g,
		'',
	);
}
