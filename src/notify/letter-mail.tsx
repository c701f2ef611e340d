import { Heading, Text, render } from '@react-email/components';
import type { CSSProperties } from 'react';
import { INK, MailFrame, MUTED } from './mail-frame.tsx';

/** What a person is written: some sentences, and perhaps one thing to do. */
export interface Letter {
  title: string;
  /** Before what there is to do. */
  paragraphs: readonly string[];
  action: { label: string; link: string } | null;
  /** After it. */
  closing: readonly string[];
}

const heading: CSSProperties = { color: INK, fontSize: '20px', lineHeight: '28px', margin: '0 0 16px' };
const paragraph: CSSProperties = { color: INK, fontSize: '15px', lineHeight: '23px', margin: '0 0 14px' };
const button: CSSProperties = {
  backgroundColor: '#175cd3',
  borderRadius: '6px',
  color: '#ffffff',
  display: 'inline-block',
  fontSize: '15px',
  fontWeight: 600,
  lineHeight: '20px',
  padding: '11px 20px',
  textDecoration: 'none',
};
const address: CSSProperties = {
  color: MUTED,
  fontSize: '12px',
  lineHeight: '18px',
  margin: '4px 0 18px',
  wordBreak: 'break-all',
};

export async function renderLetter(letter: Letter, footer: string): Promise<string> {
  const { title, paragraphs, action, closing } = letter;
  return render(
    <MailFrame preview={paragraphs[0] ?? title} footer={footer}>
      <Heading as="h1" style={heading}>
        <bdi>{title}</bdi>
      </Heading>
      <Paragraphs lines={paragraphs} />
      {action !== null && (
        <>
          <Text style={paragraph}>
            <a href={action.link} style={button}>
              {action.label}
            </a>
          </Text>
          {/* Some programs show no buttons, and some people follow none. */}
          <Text style={address}>
            Or open this address:
            <br />
            {action.link}
          </Text>
        </>
      )}
      <Paragraphs lines={closing} />
    </MailFrame>,
  );
}

function Paragraphs({ lines }: { lines: readonly string[] }) {
  return lines.map((line) => (
    <Text key={line} style={paragraph}>
      <bdi>{line}</bdi>
    </Text>
  ));
}
