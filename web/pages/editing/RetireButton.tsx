import { useMutation } from '@tanstack/react-query';
import { Wrong } from '../../components/form/Wrong.tsx';
import { Sure } from '../portal/Sure.tsx';

/** Ends a thing after a second word. */
export function RetireButton(props: {
  readonly text: string;
  readonly question: string;
  readonly retire: () => Promise<unknown>;
  readonly onDone: () => Promise<void>;
}) {
  const { text, question, retire, onDone } = props;
  const ending = useMutation({ mutationFn: retire, onSuccess: onDone });
  return (
    <span className="edit-ending">
      <Wrong error={ending.error} />
      <Sure text={text} question={question} isBusy={ending.isPending} onSure={() => ending.mutate()} />
    </span>
  );
}
