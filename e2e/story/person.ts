// People and companies of the stories: believable, and different in every story so that stories never meet.
import { randomBytes } from "node:crypto";

export interface Person {
  name: string;
  email: string;
  phone: string;
  password: string;
  company: string;
}

/** Someone new: an address and a company that no other story uses. */
export function someone(name: string, company: string): Person {
  const mark = randomBytes(4).toString("hex");
  const local = name.normalize("NFD").replace(/[^A-Za-z ]/g, "").trim().toLowerCase().replace(/ +/g, ".");
  return {
    name,
    email: `${local}.${mark}@example.com`,
    phone: "+34612345678",
    password: `Quiet-harbour-${mark}-lantern`,
    company: `${company} ${mark}`,
  };
}
