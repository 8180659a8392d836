r"""Which LaTeX may stand in math: a closed list of commands, because what stands in a title is run by LaTeX.

LaTeX is a programming language: `\input`, `\write18`, `\csname` or a changed `\catcode` in a title would run on
the machine of everyone who cites the paper. So math holds commands of these lists and nothing else. They are
those of LaTeX, amsmath and amssymb that set symbols, fonts, accents, fractions, fences and space
(Downes and Beeton, "Short Math Guide for LaTeX", 2017).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

_LISTS = r"""
Greek: alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda mu nu xi pi varpi
  rho varrho sigma varsigma tau upsilon phi varphi chi psi omega digamma
  Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
letters: ell hbar hslash imath jmath wp Re Im aleph beth gimel nabla partial infty emptyset varnothing eth mho Bbbk
operators: arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log
  max min Pr sec sin sinh sup tan tanh bmod pmod mod operatorname argmax argmin
large: sum prod coprod int iint iiint oint bigcap bigcup bigvee bigwedge bigoplus bigotimes bigodot biguplus bigsqcup
  limits nolimits
binary: pm mp times div cdot ast star circ bullet cap cup uplus sqcap sqcup vee wedge lor land setminus smallsetminus
  wr oplus ominus otimes oslash odot dagger ddagger amalg diamond bigtriangleup bigtriangledown triangleleft
  triangleright ltimes rtimes
relations: le leq leqslant ge geq geqslant ll gg lesssim gtrsim ne neq equiv sim simeq approx approxeq cong doteq
  propto varpropto asymp prec preceq succ succeq subset subseteq supset supseteq sqsubset sqsubseteq sqsupset
  sqsupseteq in ni notin owns mid nmid parallel perp vdash dashv models vDash not triangleq coloneqq
arrows: to gets leftarrow Leftarrow rightarrow Rightarrow leftrightarrow Leftrightarrow longleftarrow Longleftarrow
  longrightarrow Longrightarrow longleftrightarrow Longleftrightarrow mapsto longmapsto uparrow Uparrow downarrow
  Downarrow updownarrow hookleftarrow hookrightarrow leftharpoonup rightharpoonup rightleftharpoons leadsto
  iff implies impliedby nearrow searrow swarrow nwarrow
symbols: forall exists nexists neg lnot top bot angle measuredangle triangle square blacksquare Box Diamond clubsuit
  diamondsuit heartsuit spadesuit flat natural sharp prime backprime surd therefore because checkmark degree
  S P ldots cdots vdots ddots dots dotsc dotsb colon
fences: left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr langle rangle lceil rceil
  lfloor rfloor lvert rvert lVert rVert vert Vert lbrace rbrace lbrack rbrack backslash
accents: hat widehat check tilde widetilde acute grave dot ddot dddot breve bar vec mathring overline underline
  overrightarrow overleftarrow overbrace underbrace
fractions: frac dfrac tfrac cfrac binom dbinom tbinom sqrt overset underset stackrel substack
fonts: mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak mathscr mathnormal boldsymbol bm pmb text textrm
  textbf textit textsf texttt textnormal textsc mbox rm bf it sf tt cal
style: displaystyle textstyle scriptstyle scriptscriptstyle
space: quad qquad thinspace medspace thickspace enspace negthinspace phantom hphantom vphantom
"""
_COMMANDS = frozenset(word for line in _LISTS.split() if not line.endswith(":") for word in [line])
_SYMBOLS = frozenset(" ,;:!>{}|_&#%$")
"""What may follow a backslash without being a letter."""
_TOKEN = re.compile(r"\\([a-zA-Z]+|.|$)|\^\^|[%#&\x00-\x08\x0b-\x1f\x7f-\x9f]", re.DOTALL)


@lru_cache(maxsize=4096)
def unsafe_math(latex: str) -> tuple[str, ...]:
    r"""Return what of a formula may not reach LaTeX, as written, in order; nothing if it is safe.

    Besides unknown commands these are `^^`, which spells any character by its code, and the characters that
    mean something to TeX before a formula is read: `%` hides the rest of the line, `#` and `&` stop
    it.
    """
    return tuple(_unsafe(latex))


def _unsafe(latex: str) -> Iterator[str]:
    for match in _TOKEN.finditer(latex):
        name = match[1]
        if name not in _COMMANDS and name not in _SYMBOLS:
            yield match[0]
