import type { ClassLevel } from "./model";

/** The board's units and their chapters by class: dated facts, kept equal by a test to the file that the house reads. */
export const SYLLABUS: Record<ClassLevel, Record<string, readonly string[]>> = {
  X: {
    "Number Systems": [
      "Real Numbers",
    ],
    "Algebra": [
      "Polynomials",
      "Pair of Linear Equations in Two Variables",
      "Quadratic Equations",
      "Arithmetic Progressions",
    ],
    "Coordinate Geometry": [
      "Coordinate Geometry",
    ],
    "Geometry": [
      "Triangles",
      "Circles",
    ],
    "Trigonometry": [
      "Introduction to Trigonometry",
      "Trigonometric Identities",
      "Heights and Distances",
    ],
    "Mensuration": [
      "Areas Related to Circles",
      "Surface Areas and Volumes",
    ],
    "Statistics and Probability": [
      "Statistics",
      "Probability",
    ],
  },
  XII: {
    "Relations and Functions": [
      "Relations and Functions",
      "Inverse Trigonometric Functions",
    ],
    "Algebra": [
      "Matrices",
      "Determinants",
    ],
    "Calculus": [
      "Continuity and Differentiability",
      "Applications of Derivatives",
      "Integrals",
      "Applications of Integrals",
      "Differential Equations",
    ],
    "Vectors and Three-dimensional Geometry": [
      "Vectors",
      "Three-dimensional Geometry",
    ],
    "Linear Programming": [
      "Linear Programming",
    ],
    "Probability": [
      "Probability",
    ],
  },
};

/** The units of a class; of both, where no class is chosen. */
export function unitsOf(classLevel: ClassLevel | ""): string[] {
  const classes: ClassLevel[] = classLevel ? [classLevel] : ["X", "XII"];
  return [...new Set(classes.flatMap((each) => Object.keys(SYLLABUS[each])))];
}

/** The chapters of a unit of a class; of both, where no class is chosen. */
export function chaptersOf(classLevel: ClassLevel | "", unit: string): string[] {
  const classes: ClassLevel[] = classLevel ? [classLevel] : ["X", "XII"];
  return [...new Set(classes.flatMap((each) => [...(SYLLABUS[each][unit] ?? [])]))];
}
