/** The part of the page that is fetched when somebody first asks for it. */
import { FetchError } from "../fetch";
import { t } from "../i18n/language";

/** Fetches what the first answer does not need. Rejects with a sentence. */
export async function later(): Promise<typeof import("../later")> {
  try {
    return await import("../later");
  } catch (error) {
    throw error instanceof TypeError ? new FetchError("unreachable", t().part) : error;
  }
}
