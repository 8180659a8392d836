// The search box: Pagefind's module, loaded when someone types.
const input = document.querySelector("input[type=search]");
const list = document.querySelector("#results");

input.addEventListener("input", async () => {
  const pagefind = await import(new URL("pagefind/pagefind.js", import.meta.url));
  const answer = await pagefind.debouncedSearch(input.value);
  if (!answer) return;
  const found = await Promise.all(answer.results.slice(0, 10).map((result) => result.data()));
  list.replaceChildren(
    ...found.map(({ url, meta }) => {
      const item = document.createElement("li");
      const link = item.appendChild(document.createElement("a"));
      link.href = url;
      link.textContent = meta.title;
      return item;
    }),
  );
});
