"use strict";
// Checks the codes of certificates with the one public key that is inside the page. Nothing is sent anywhere.
(() => {
  const office = JSON.parse(document.getElementById("office").textContent);
  const bytesOf = (packed) => Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const utf8 = new TextEncoder();
  const words = new TextDecoder("utf-8", { fatal: true });
  const key = bytesOf(office.key);
  const dictionary = bytesOf(office.words);
  const lists = { certificates: null, revocations: null };
  const shown = [];
  let language = office.language;

  const say = (name, blanks = {}) =>
    office.texts[language][name].replace(/\{(\w+)\}/g, (whole, blank) => blanks[blank] ?? whole);
  const plain = (text) => text.normalize("NFC").split(/\s+/).filter(Boolean).join(" ");
  const day = (text) => text.split("-").reverse().join("/");
  const same = (one, other) => one.length === other.length && one.every((byte, place) => byte === other[place]);
  const joined = (...parts) => {
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
    return whole;
  };
  const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

  async function signedByOffice(signature, message) {
    try {
      const ready = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
      return await crypto.subtle.verify({ name: "Ed25519" }, ready, signature, message);
    } catch {
      // A browser of before 2025 has no Ed25519 of its own.
      try {
        return await noble.verifyAsync(signature, message, key, { zip215: false });
      } catch {
        return false;
      }
    }
  }

  const fromBase64 = (text) => bytesOf(text.replace(/-/g, "+").replace(/_/g, "/") + "=".repeat((4 - (text.length % 4)) % 4));

  function parsed(code) {
    const found = /^SV2\|([1-9][0-9]{0,1999})$/.exec(code);
    if (!found) return null;
    let digits = BigInt(found[1]).toString(16);
    if (digits.length % 2) digits = "0" + digits;
    const raw = Uint8Array.from(digits.match(/../g), (pair) => parseInt(pair, 16));
    const payload = raw.slice(0, -64);
    const full = (payload[0] & 16) !== 0;
    const kind = ["award", "course", "appointment"][(payload[0] & ~16) - 1];
    const start = 11 + (full ? 0 : 8);
    if (!kind || payload.length <= start) return null;
    try {
      const told = words.decode(fflate.inflateSync(payload.slice(start), { dictionary })).split("\x1f");
      if (told.length !== (full ? 5 : 4)) return null;
      const [name, number, register, issuer, citation = ""] = told;
      const days = payload[5] * 256 + payload[6];
      const date = days === 65535 ? "" : new Date(Date.UTC(2000, 0, 1 + days)).toISOString().slice(0, 10);
      return {
        kind, name, number, register, issuer, citation, date, payload,
        signature: raw.slice(-64), mark: payload.slice(1, 5), digest: full ? null : payload.slice(11, 19),
      };
    } catch {
      return null;
    }
  }

  async function shortOf(signed) {
    const number = signed.kind === "award" ? signed.number : "";
    const line = utf8.encode(["", signed.kind, number, signed.register].join("\n"));
    let rest = BigInt("0x" + [...(await sha256(joined(await sha256(key), line)))].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
    let letters = "";
    for (let place = 0; place < 11; place += 1) {
      letters += office.letters[Number(rest % BigInt(office.letters.length))];
      rest /= BigInt(office.letters.length);
    }
    return (letters + checkLetter(letters)).match(/..../g).join("-");
  }

  const checkLetter = (letters) =>
    office.letters[[...letters].reduce((sum, letter, place) => sum + (place + 1) * office.letters.indexOf(letter), 0) % office.letters.length];

  function shortRead(typed) {
    if (!/^[A-Za-z]{4}[- ]?[A-Za-z]{4}[- ]?[A-Za-z]{4}$/.test(typed)) return null;
    const letters = typed.replace(/[- ]/g, "").toUpperCase();
    const right = [...letters].every((letter) => office.letters.includes(letter)) && checkLetter(letters.slice(0, 11)) === letters[11];
    return right ? letters.match(/..../g).join("-") : "";
  }

  async function ofCode(typed) {
    const code = typed.trim();
    if (code.startsWith("SV1|")) return ofOldCode(code);
    const short = shortRead(code);
    if (short !== null) return short ? ofShort(short) : { state: "unknown", reason: ["mistyped"] };
    const digits = code.replace(/\s+/g, "");
    if (!digits.startsWith("SV2|")) return { state: "unknown", reason: ["foreign"] };
    const signed = parsed(digits);
    if (!signed) return { state: "altered", reason: ["damaged"] };
    const mark = (await sha256(key)).slice(0, 4);
    if (!same(mark, signed.mark)) return { state: "unknown", reason: ["other_key"] };
    if (!(await signedByOffice(signed.signature, joined(utf8.encode("SV2|"), signed.payload)))) {
      return { state: "altered", reason: ["broken"] };
    }
    return byLists({ state: "genuine", reason: ["signed", { issuer: signed.issuer || "—" }], signed }, await shortOf(signed));
  }

  function byLists(found, short) {
    for (const list of [lists.certificates, lists.revocations]) {
      const row = list && list.rows.get(short);
      if (row && row.state !== "genuine") return { ...found, state: row.state, reason: ["listed", list] };
    }
    const list = lists.revocations || lists.certificates;
    return list && found.state === "genuine" ? { ...found, reason: ["not_listed", { ...found.reason[1], ...list }] } : found;
  }

  function ofShort(short) {
    const row = lists.certificates && lists.certificates.rows.get(short);
    if (!lists.certificates) return { state: "unknown", reason: ["short_alone"] };
    if (!row) return { state: "unknown", reason: ["short_unlisted", lists.certificates] };
    return byLists({ state: row.state, reason: ["listed", lists.certificates], signed: row }, short);
  }

  async function ofOldCode(code) {
    const parts = code.split("|");
    try {
      const raw = fromBase64(parts[4]);
      const message = joined(utf8.encode(parts.slice(0, 4).join("|") + "|"), raw.slice(0, 12));
      if (parts.length === 5 && raw.length === 76 && (await signedByOffice(raw.slice(12), message))) {
        return { state: "genuine", reason: ["old", { code: parts[1] }], signed: { name: "", number: parts[2], register: parts[3], issuer: parts[1], citation: "" } };
      }
    } catch {
      // Told below.
    }
    return { state: "altered", reason: ["broken"] };
  }

  async function bearsTyped(signed) {
    const typed = plain(document.getElementById("words").value);
    if (!typed) return null;
    if (signed.digest) return same((await sha256(utf8.encode(typed))).slice(0, 8), signed.digest);
    return plain(signed.citation) === typed;
  }

  async function show(found, where) {
    const box = document.createElement("div");
    box.className = `result ${found.state}`;
    const add = (parent, kind, text) => parent.appendChild(Object.assign(document.createElement(kind), { textContent: text }));
    add(box, "h2", (where ? `${where}: ` : "") + say(found.state));
    const [reason, blanks = {}] = found.reason;
    add(box, "p", say(reason, { ...blanks, day: blanks.made ? day(blanks.made) : "" }));
    if (found.signed) {
      const rows = document.createElement("dl");
      for (const part of ["name", "number", "issuer", "citation"]) {
        if (found.signed[part]) {
          add(rows, "dt", say(part));
          add(rows, "dd", found.signed[part]);
        }
      }
      box.appendChild(rows);
      const fits = await bearsTyped(found.signed);
      if (fits !== null) add(box, "p", say(fits ? "words_fit" : "words_differ"));
      else if (found.signed.digest) add(box, "p", say("citation_hidden"));
      add(box, "p", say("compare"));
    }
    document.getElementById("results").appendChild(box);
  }

  async function showAll() {
    document.getElementById("results").replaceChildren();
    for (const [code, where, failure] of shown) {
      await show(failure ? { state: "unknown", reason: [failure] } : await ofCode(code), where);
    }
    document.body.dataset.ready = String(shown.length);
  }

  async function readPicture(file) {
    const picture = await createImageBitmap(file);
    const found = new Set();
    // At its own size, then at twice with a little blur, which takes the noise of a scan and leaves the code.
    for (const scale of [1, 2]) {
      const canvas = document.createElement("canvas");
      canvas.width = picture.width * scale;
      canvas.height = picture.height * scale;
      const pen = canvas.getContext("2d", { willReadFrequently: true });
      if (scale > 1) pen.filter = "blur(1.5px)";
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      const read = await ZXingWASM.readBarcodes(pen.getImageData(0, 0, canvas.width, canvas.height), { formats: ["QRCode"] });
      for (const each of read) if (/^SV[12]\|/.test(each.text)) found.add(each.text);
      if (found.size) break;
    }
    return [...found];
  }

  async function readList(file) {
    const content = new Uint8Array(await file.arrayBuffer()).filter((byte) => byte !== 13);
    const text = words.decode(content);
    const at = text.lastIndexOf("signature ");
    const body = text.slice(0, at);
    const signature = fromBase64(text.slice(at + 10).trim());
    if (at < 0 || !body.startsWith("SVL1\t") || !(await signedByOffice(signature, utf8.encode(body)))) throw new Error("list");
    const [head, ...lines] = body.trimEnd().split("\n");
    const [, kind, made, , issuer] = head.split("\t");
    const rows = new Map(lines.map((line) => {
      const [short, state, name, number, by, citation] = line.split("\t");
      return [short, { state, name, number, issuer: by, citation }];
    }));
    lists[kind] = { made, issuer, rows };
  }

  function speak() {
    document.documentElement.lang = language;
    for (const each of document.querySelectorAll("[data-say]")) each.textContent = say(each.dataset.say, office.blanks);
    document.title = say("heading");
    document.getElementById("language").textContent = language === "vi" ? "English" : "Tiếng Việt";
  }

  document.getElementById("language").addEventListener("click", () => {
    language = language === "vi" ? "en" : "vi";
    speak();
    showAll();
  });
  document.getElementById("check").addEventListener("click", () => {
    const typed = document.getElementById("code").value.trim();
    if (typed) shown.splice(0, shown.length, [typed, ""]);
    showAll();
  });
  document.getElementById("picture").addEventListener("change", async (event) => {
    shown.length = 0;
    for (const file of event.target.files) {
      try {
        const codes = await readPicture(file);
        if (codes.length) shown.push(...codes.map((code) => [code, file.name]));
        else shown.push(["", file.name, "no_code"]);
      } catch {
        shown.push(["", file.name, "no_picture"]);
      }
    }
    await showAll();
  });
  document.getElementById("list").addEventListener("change", async (event) => {
    const told = [];
    for (const file of event.target.files) {
      try {
        await readList(file);
        told.push(`${file.name}: ${say("list_read")}`);
      } catch {
        told.push(`${file.name}: ${say("list_bad")}`);
      }
    }
    document.getElementById("listed").textContent = told.join(" · ");
    await showAll();
  });

  speak();
  if (!globalThis.crypto || !crypto.subtle) {
    document.getElementById("results").textContent = say("old_browser");
    return;
  }
  const wasmBinary = fflate.gunzipSync(bytesOf(document.getElementById("wasm").textContent)).buffer;
  ZXingWASM.prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  const given = decodeURIComponent(location.hash.slice(1));
  if (given) {
    document.getElementById("code").value = given;
    shown.push([given, ""]);
    showAll();
  }
})();
