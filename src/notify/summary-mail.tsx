import { render } from '@react-email/components';
import type { CSSProperties } from 'react';
import { INK, MailFrame, MONOSPACE } from './mail-frame.tsx';

const report: CSSProperties = {
  color: INK,
  fontFamily: MONOSPACE,
  fontSize: '13px',
  lineHeight: '20px',
  margin: 0,
  whiteSpace: 'pre-wrap',
  wordBreak: 'break-word',
};

/** The execution summary in the layout it has as text. */
export async function renderSummaryMail(text: string, preview: string, footer: string): Promise<string> {
  return render(
    <MailFrame preview={preview} footer={footer}>
      <pre style={report}>{text}</pre>
    </MailFrame>,
  );
}
