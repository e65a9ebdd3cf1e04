"""What each command of LaTeX is called in Typst: signs by their character, letters, accents, functions."""

from typing import Final


def _table(text: str) -> dict[str, str]:
    """``name meaning`` pairs, with a dot between one and the next."""
    return dict(pair.strip().rsplit(" ", 1) for pair in text.replace("\n", "·").split("·") if pair.strip())


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


SIGNS: Final = _table(r"""
    alpha α · beta β · gamma γ · delta δ · epsilon ϵ · varepsilon ε · zeta ζ · eta η · theta θ · vartheta ϑ
    iota ι · kappa κ · lambda λ · mu μ · nu ν · xi ξ · pi π · varpi ϖ · rho ρ · varrho ϱ · sigma σ
    varsigma ς · tau τ · upsilon υ · phi ϕ · varphi φ · chi χ · psi ψ · omega ω · Gamma Γ · Delta Δ
    Theta Θ · Lambda Λ · Xi Ξ · Pi Π · Sigma Σ · Upsilon Υ · Phi Φ · Psi Ψ · Omega Ω · times × · div ÷
    cdot ⋅ · pm ± · mp ∓ · ast ∗ · star ⋆ · circ ∘ · bullet • · cap ∩ · cup ∪ · setminus ∖ · wedge ∧ · vee ∨
    oplus ⊕ · otimes ⊗ · land ∧ · lor ∨ · neg ¬ · lnot ¬ · le ≤ · leq ≤ · ge ≥ · geq ≥ · leqslant ⩽
    geqslant ⩾ · ne ≠ · neq ≠ · equiv ≡ · sim ∼ · simeq ≃ · approx ≈ · cong ≅ · propto ∝ · ll ≪ · gg ≫
    in ∈ · notin ∉ · ni ∋ · subset ⊂ · subseteq ⊆ · supset ⊃ · supseteq ⊇ · nsubseteq ⊈ · mid ∣ · nmid ∤
    parallel ∥ · perp ⟂ · doteq ≐ · lt < · gt > · nparallel ∦ · to → · rightarrow → · leftarrow ← · gets ←
    leftrightarrow ↔ · mapsto ↦ · Rightarrow ⇒ · Leftarrow ⇐ · Leftrightarrow ⇔ · implies ⟹ · iff ⟺
    uparrow ↑ · downarrow ↓ · longrightarrow ⟶ · sum ∑ · prod ∏ · int ∫ · iint ∬ · oint ∮ · bigcup ⋃
    bigcap ⋂ · infty ∞ · partial ∂ · nabla ∇ · forall ∀ · exists ∃ · emptyset ∅ · varnothing ∅ · angle ∠
    measuredangle ∡ · triangle △ · square □ · ell ℓ · degree ° · prime ′ · ldots … · dots … · cdots ⋯
    vdots ⋮ · ddots ⋱ · therefore ∴ · because ∵ · Re ℜ · Im ℑ · hbar ℏ · aleph ℵ · rupee ₹ · langle ⟨
    rangle ⟩ · lfloor ⌊ · rfloor ⌋ · lceil ⌈ · rceil ⌉ · lvert | · rvert | · vert | · Vert ‖ · lVert ‖
    rVert ‖ · backslash \ · lbrace { · rbrace } · lbrack [ · rbrack ] · colon : · imath ı · jmath ȷ
""")

FUNCTIONS: Final = _names("""
    sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan log ln lg exp lim max min sup inf det
    dim gcd deg arg ker Pr
""")
"""Named operators that both know by the same name."""

MORE_FUNCTIONS: Final = _names("cosec lcm adj hcf arccot arcsec cosech sech")
"""Named operators that Typst does not know: written with ``op``."""

ONE_ARGUMENT: Final = _table("""
    hat hat · widehat hat · vec arrow · overrightarrow arrow · bar macron · overline overline
    underline underline · dot dot · ddot dot.double · tilde tilde · widetilde tilde · mathbb bb
    mathbf bold · boldsymbol bold · mathrm upright · mathcal cal · mathscr scr · mathfrak frak
    mathit italic · mathsf sans · cancel cancel · overbrace overbrace · underbrace underbrace · boxed framed
    phantom phantom · bm bold
""")

FRACTIONS: Final = _table("frac frac · dfrac dfrac · tfrac tfrac · cfrac dfrac · binom binom")

TEXTS: Final = {"text": "", "textrm": "", "mbox": "", "textnormal": "", "textbf": "bold", "textit": "italic"}

SPACES: Final = {
    " ": "wordspace",
    **_table(", thin · : med · > med · ; thick · ! negthin · ~ wordspace · quad quad · qquad wide"),
    **_table("thinspace thin · space wordspace · enspace enspace"),
}

SILENT: Final = _names("""
    limits nolimits textstyle scriptstyle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr nonumber hline
""")
"""What only tells TeX how to set something; the rest of the formula stands without it."""

MATRICES: Final = _table("""
    bmatrix bmatrix · pmatrix pmatrix · vmatrix vmatrix · Vmatrix dmatrix · matrix rows · smallmatrix rows
    Bmatrix cmatrix · cases casesof · aligned steps · align steps · align* steps · split steps
    gathered rows
""")

OF_THE_TEMPLATE: Final = _names("""
    bmatrix pmatrix vmatrix dmatrix cmatrix rows casesof steps tabular dfrac tfrac negthin wordspace enspace
    framed phantom
""")
"""Names that ``formula.typ`` defines for formulas."""

OF_TYPST: Final = (
    FUNCTIONS
    | set(ONE_ARGUMENT.values())
    | set(FRACTIONS.values())
    | {"op", "attach", "lr", "root", "sqrt", "display", "thin", "med", "thick", "quad", "wide", "cases"}
)

KNOWN_CHARACTERS: Final = frozenset("".join(SIGNS.values())) - frozenset(map(chr, range(128)))
"""Signs that may stand in a formula as they are, typed or by command."""
