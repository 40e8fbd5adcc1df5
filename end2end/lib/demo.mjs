// A stage for the journeys on the demonstration data: one browser, one server, and people who enter by the door.
import { after, before } from "node:test";
import { launch } from "./browser.mjs";
import { Person } from "./person.mjs";
import { startServer } from "./server.mjs";
import { texts } from "./texts.mjs";

const PASSWORD = "demonstration-2020";

/** Sets the stage up before the tests of a file and takes it down after; `stage.server` is there once they run. */
export function demonstration() {
  const stage = {
    /**
     * Somebody with a browser of their own, signed in: `who` is a demo account's name or a whole address, or nothing
     * for a visitor.
     */
    async enter(who, { width = 360, scripts = true, language = "fr" } = {}) {
      const person = await Person.enter(stage.browser, stage.server.url, { width, language, scripts }, texts(language));
      if (!who) return person;
      await person.signIn(who.includes("@") ? who : `${who}@demo.example`, PASSWORD);
      if (scripts) await person.page.waitForURL(/mon-espace/);
      return person;
    },

    /** The last letter to an address, on a page of the demonstration's mailbox, and where its link leads that has `part`. */
    async letter(person, address, part) {
      // The mail service writes a moment after the act.
      for (let look = 0; look < 40; look += 1) {
        await person.open(`/demo/courrier?destinataire=${encodeURIComponent(address)}`);
        const newest = person.page.locator('main a[href^="/demo/courrier/"]').first();
        if ((await newest.count()) > 0) {
          await person.open(await newest.getAttribute("href"));
          const link = person.page.locator(`a[href*="${part}"]`).first();
          if ((await link.count()) > 0) return link.getAttribute("href");
        }
        await person.page.waitForTimeout(250);
      }
      throw new Error(`No letter to ${address} leads to ${part}`);
    },

    /** The address of the first organisation that somebody's space lists. */
    async ownOrganisation(person) {
      await person.open("/mon-espace");
      const links = await person.page.locator('a[href^="/organisation/"]').evaluateAll((all) => all.map((link) => link.getAttribute("href")));
      return links.find((href) => /^\/organisation\/[0-9a-f-]{36}$/.test(href));
    },
  };
  before(async () => {
    stage.browser = await launch();
    stage.server = await startServer();
  });
  after(async () => {
    await stage.browser.close();
    await stage.server.stop();
  });
  return stage;
}
