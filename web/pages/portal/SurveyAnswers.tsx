import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { surveyQuery } from '../../api/portal.ts';
import { Pager } from '../../components/Filters.tsx';
import { Answer } from '../../components/Screen.tsx';
import { usePortalTexts } from './texts.ts';

const PAGE_SIZE = 20;

/** What people answered to the question of a site: words and how often, never who. */
export function SurveyAnswers({ siteId }: { readonly siteId: string }) {
  const { p, f } = usePortalTexts();
  const [question, setQuestion] = useState<string>();
  const [page, setPage] = useState(1);
  const query = useQuery(surveyQuery(siteId, { question, page, pageSize: PAGE_SIZE }));
  const { column } = p.survey;
  const dayText = (day: string) => f.date(Date.parse(`${day}T00:00:00Z`) - f.zone.offsetMs);
  return (
    <section className="portal-section">
      <h2>{p.survey.title}</h2>
      <Answer query={query} what={p.survey.title}>
        {({ questions, items, total }) => {
          const chosen = questions.find((asked) => asked.question === question) ?? questions[0];
          if (chosen === undefined) return <p className="secondary">{p.survey.none}</p>;
          return (
            <>
              {questions.length > 1 && (
                <select
                  className="field"
                  aria-label={p.survey.which}
                  value={chosen.question}
                  onChange={({ target }) => {
                    setQuestion(target.value);
                    setPage(1);
                  }}
                >
                  {questions.map((asked) => (
                    <option key={asked.question}>{asked.question}</option>
                  ))}
                </select>
              )}
              <p>
                <strong>{chosen.question}</strong>{' '}
                <span className="secondary">
                  {p.survey.count(f.number(chosen.answers), dayText(chosen.firstDay), dayText(chosen.lastDay))}
                </span>
              </p>
              <div className="table-box">
                <table className="table">
                  <thead>
                    <tr>
                      <th scope="col">{column.answer}</th>
                      <th scope="col" className="number">
                        {column.count}
                      </th>
                      <th scope="col" className="number">
                        {column.last}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map(({ answer, count, lastDay }) => (
                      <tr key={answer}>
                        <th scope="row" className="portal-said">
                          {answer}
                        </th>
                        <td className="number">{f.number(count)}</td>
                        <td className="number">{dayText(lastDay)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              <Pager page={page} pageSize={PAGE_SIZE} total={total} onPage={setPage} />
            </>
          );
        }}
      </Answer>
    </section>
  );
}
