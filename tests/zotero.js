// Runs Zotero's own translators in a page: after `install(source)`, where `source` is the package zotero-translators,
// `zotero(address, translator)` gives which translators offer themselves for a page of the same site, and what the
// first of them saves, or the one that is asked for.
function install(source) {
  console.log = () => {}; // Zotero tells every step.
  const pattern = (text, flags = "") => new RegExp(text.replaceAll("\\pL", "\\p{L}"), `${flags}u`);
  const modules = {
    jsdom: { JSDOM: class { window = window; } },
    xregexp: Object.assign(pattern, { replace: (text, ...rest) => text.replace(...rest) }),
    "wicked-good-xpath": { install() {}, XPathResultType: XPathResult },
    "w3c-xmlserializer/lib/XMLSerializer": { interface: XMLSerializer },
    "jsdom/lib/jsdom/living/generated/Attr": { interface: Attr },
    "jsdom/lib/jsdom/living/generated/Node": { interface: class {} },
  };
  new Function("exports", "require", "Buffer", source)({}, (name) => modules[name] ?? {}, (text) => atob(text));

  const { getID } = Zotero.ItemTypes; // This Zotero is of 2019; it has known preprints since 2022.
  Zotero.ItemTypes.getID = (type) => getID(type === "preprint" ? "manuscript" : type);

  const frame = document.body.appendChild(document.createElement("iframe"));
  window.zotero = async (address, translator) => {
    const html = await (await fetch(address)).text();
    const page = frame.contentDocument;
    page.replaceChild(new DOMParser().parseFromString(html, "text/html").documentElement, page.documentElement);
    const translate = new Zotero.Translate.Web();
    translate.document = translate.rootDocument = page;
    translate.setLocation(new URL(address, location.href).href);
    translate.setHandler("select", (_, all, choose) => choose(all));
    const offered = translator ? [translator] : await translate.getTranslators(true);
    translate.setTranslator(offered[0]);
    const items = await translate.translate({ libraryID: false, saveAttachments: false });
    return [offered.map(({ label, itemType }) => [label, itemType]), JSON.parse(JSON.stringify(items))];
  };
}
