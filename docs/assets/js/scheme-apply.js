// Show the page in the reader's scheme from the first paint on; Material's own script keeps it afterwards.
{
  let color = __md_get("__palette")?.color;
  if (!color || color.media === "(prefers-color-scheme)") {
    const scheme = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
    const input = document.querySelector(`[data-md-color-media="(prefers-color-scheme: ${scheme})"]`);
    color = input && Object.fromEntries(
      ["media", "scheme", "primary", "accent"].map((name) => [name, input.getAttribute(`data-md-color-${name}`)]),
    );
  }
  for (const [name, value] of Object.entries(color ?? {})) {
    document.body.setAttribute(`data-md-color-${name}`, value);
  }
}
