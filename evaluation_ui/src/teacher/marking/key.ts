/** The key of a frozen paper, schema 1: what the marker sees and the student never did. */
export interface SchemeStep {
  marks: string;
  text: string;
}

export interface Scheme {
  steps: SchemeStep[];
  alternatives?: { title: string; steps: SchemeStep[] }[];
  follow_through?: string | null;
}

interface Solved {
  solution: string;
  scheme: Scheme | Record<string, never> | null;
}

export interface KeyPart extends Solved {
  label: string;
  marks: string;
  alternative: Solved | null;
}

export interface KeyAnswer extends Solved {
  marks: string;
  parts: KeyPart[];
}

export interface KeyQuestion extends KeyAnswer {
  number: number;
  alternative: KeyAnswer | null;
}

export interface Key {
  schema: number;
  questions: KeyQuestion[];
}
