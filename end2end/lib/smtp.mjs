// A mail server that keeps what it receives, for journeys that follow a link from a letter.
import { once } from "node:events";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

/**
 * Starts it. Give `url` to the server as SMTP_URL; `mails` holds mailparser's objects (`subject`, `text`, `html`, `to`…);
 * `mail(to, subject)` waits for one that matches: `subject` is a text it holds or a regular expression.
 */
export async function startSmtp() {
  const mails = [];
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    onData(stream, session, done) {
      simpleParser(stream).then(
        (mail) => {
          mails.push({ ...mail, recipients: session.envelope.rcptTo.map(({ address }) => address) });
          done();
        },
        (error) => done(error),
      );
    },
  });
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address();

  const matches = (mail, to, subject) =>
    mail.recipients.includes(to) &&
    (subject === undefined || (subject instanceof RegExp ? subject.test(mail.subject) : mail.subject.includes(subject)));

  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    async mail(to, subject, { within = 15_000 } = {}) {
      for (const end = Date.now() + within; Date.now() < end; ) {
        const found = mails.findLast((mail) => matches(mail, to, subject));
        if (found) return found;
        await new Promise((wake) => setTimeout(wake, 50));
      }
      const seen = mails.map((mail) => `${mail.recipients}: ${mail.subject}`).join("\n");
      throw new Error(`No mail to ${to} about ${subject ?? "anything"} within ${within} ms. Seen:\n${seen}`);
    },
    stop: () => new Promise((done) => server.close(done)),
  };
}

/** The first link of a mail's text whose address holds `part`. */
export function link(mail, part = "") {
  const found = [...mail.text.matchAll(/https?:\/\/[^\s<>"]+/g)].map(([url]) => url).find((url) => url.includes(part));
  if (!found) throw new Error(`No link with «${part}» in «${mail.subject}»:\n${mail.text}`);
  return found;
}
