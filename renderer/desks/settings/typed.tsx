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
  const [value, setValue] = useState(given.value);
  const problem = given.problem(value);
  const keep = () => {
    if (problem !== null) setValue(given.value);
    else if (value !== given.value) given.onKeep(value.trim());
  };
  return (
    <TextInput
      aria-label={given.label}
      value={value}
      placeholder={given.placeholder}
      error={problem}
      spellCheck={false}
      onChange={(event) => setValue(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => event.key === 'Enter' && keep()}
    />
  );
}
