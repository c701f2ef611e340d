import { Body, Container, Head, Hr, Html, Text } from '@react-email/components';
import type { CSSProperties, ReactNode } from 'react';

const SANS = '-apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif';
export const MONOSPACE = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace';
export const INK = '#1f2933';
export const MUTED = '#52606d';
export const LINE = '#e4e7eb';

const page: CSSProperties = {
  backgroundColor: '#f5f7fa',
  color: INK,
  fontFamily: SANS,
  margin: 0,
  padding: '24px 0',
};
const card: CSSProperties = {
  backgroundColor: '#ffffff',
  border: `1px solid ${LINE}`,
  borderRadius: '6px',
  maxWidth: '720px',
  padding: '24px 28px',
};
const rule: CSSProperties = { borderColor: LINE, margin: '28px 0 12px' };
const small: CSSProperties = { color: MUTED, fontSize: '12px', lineHeight: '18px', margin: 0 };

/** react-email's own preview pads with invisible and bidirectional characters, which are what we keep out. */
const hidden: CSSProperties = { display: 'none', maxHeight: 0, overflow: 'hidden' };

interface FrameProps {
  /** What mail clients show beside the subject. */
  preview: string;
  footer: string;
  children: ReactNode;
}

/** The frame of every e-mail: light, one column, nothing loaded from anywhere. */
export function MailFrame({ preview, footer, children }: FrameProps) {
  return (
    <Html lang="en" dir="ltr">
      <Head>
        <meta name="color-scheme" content="light" />
      </Head>
      <Body style={page}>
        <div style={hidden}>{preview}</div>
        <Container style={card}>
          {children}
          <Hr style={rule} />
          <Text style={small}>{footer}</Text>
        </Container>
      </Body>
    </Html>
  );
}
