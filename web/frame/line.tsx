import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { serverNow } from '../api/endpoint.ts';
import { type LineState, openLive } from '../api/live.ts';

const LineContext = createContext<LineState>({ kind: 'connecting' });
export const useLine = (): LineState => useContext(LineContext);

/** Keeps the live line open as long as someone is signed in. */
export function LineProvider({ children }: { readonly children: ReactNode }) {
  const queryClient = useQueryClient();
  const [state, setState] = useState<LineState>({ kind: 'connecting' });
  useEffect(() => {
    const line = openLive({
      queryClient,
      createSource: () => new EventSource('/api/v1/live'),
      now: serverNow,
      random: Math.random,
    });
    const stop = line.subscribe(() => setState(line.state()));
    return () => {
      stop();
      line.close();
    };
  }, [queryClient]);
  return <LineContext value={state}>{children}</LineContext>;
}
