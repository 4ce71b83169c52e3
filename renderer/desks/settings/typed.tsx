import { TextInput } from '@mantine/core';
import { useState } from 'react';

/** A text that is kept when the field is left or Enter is pressed, and only when it makes sense. */
export function Typed(given: {
  label: string;
  value: string;
  placeholder?: string;
  problem: (value: string) => string | null;
  onKeep: (value: string) => void;
}) {
  // Apart from what is kept, so that an answer that arrives while one types takes no letter away.
  const [draft, setDraft] = useState<string | null>(null);
  const value = draft ?? given.value;
  const problem = given.problem(value);
  const keep = () => {
    if (problem === null && value !== given.value) given.onKeep(value.trim());
    setDraft(null);
  };
  return (
    <TextInput
      aria-label={given.label}
      value={value}
      placeholder={given.placeholder}
      error={problem}
      spellCheck={false}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => event.key === 'Enter' && keep()}
    />
  );
}
