#!/bin/sh
# The tests run real programs: a browser, BibTeX, biber, LaTeX, a checker in Java. Install what is missing where that is
# possible (Debian, as root); elsewhere say what to install and fail.
set -eu
missing=""
need() { command -v "$1" >/dev/null 2>&1 || missing="$missing $2"; }
# The shell is Chromium without what a person at the screen needs: it takes half of the processor's time.
command -v chromium >/dev/null 2>&1 || need chromium-headless-shell chromium-headless-shell
need bibtex texlive-binaries
need pdflatex texlive-latex-base
need biber biber
need pdftotext poppler-utils
need java default-jre-headless
style() { command -v kpsewhich >/dev/null 2>&1 && kpsewhich "$1" >/dev/null 2>&1 || missing="$missing $2"; }
style biblatex.sty texlive-bibtex-extra
style lmodern.sty lmodern
style etoolbox.sty texlive-latex-recommended
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing:$missing"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # shellcheck disable=SC2086
  apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
  echo "The tests need these packages (names as on Debian); install them and run again:$missing" >&2
  exit 1
fi
