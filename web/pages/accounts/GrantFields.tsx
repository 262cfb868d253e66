import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ROLES, type Role } from '../../../core/contract/contract.ts';
import { sitesQuery } from '../../api/queries.ts';
import { TargetPicker } from '../../components/targets/TargetPicker.tsx';
import { useAccount } from '../../frame/account.ts';
import { useAccountsTexts } from './texts.ts';

/** What an account may do, and where: a region, or one agency's site. */
export type Grant = { readonly role: Role; readonly regionCode: string | null; readonly agencySiteId: string | null };

/** Whether it says all that an account needs. */
export const isWhole = ({ role, regionCode, agencySiteId }: Grant): boolean =>
  role === 'agency' ? agencySiteId !== null : regionCode !== null;

export function GrantFields({ grant, onChange }: { readonly grant: Grant; readonly onChange: (grant: Grant) => void }) {
  const { a, t } = useAccountsTexts();
  return (
    <>
      <div className="labelled">
        <label className="labelled">
          {a.role}
          <select
            className="field"
            value={grant.role}
            aria-describedby="role-hint"
            onChange={({ target }) => {
              const role = ROLES.find((one) => one === target.value) ?? 'officer';
              onChange({ ...grant, role, ...(role !== 'agency' && { agencySiteId: null }) });
            }}
          >
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {t.role[role]}
              </option>
            ))}
          </select>
        </label>
        <span className="form-hint" id="role-hint">
          {a.roleHint[grant.role]}
        </span>
      </div>
      {grant.role === 'agency' ? (
        <AgencyField siteId={grant.agencySiteId} onChange={(agencySiteId) => onChange({ ...grant, agencySiteId })} />
      ) : (
        <RegionField code={grant.regionCode} onChange={(regionCode) => onChange({ ...grant, regionCode })} />
      )}
    </>
  );
}

/** Nobody gives away a region that is not theirs: every region is offered to who holds for every one. */
function RegionField({
  code,
  onChange,
}: {
  readonly code: string | null;
  readonly onChange: (code: string | null) => void;
}) {
  const { a } = useAccountsTexts();
  const mayAll = useAccount()?.regionCode === '';
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  return (
    <fieldset className="group account-region">
      <legend>{a.region}</legend>
      {mayAll && (
        <label className="check">
          <input
            type="checkbox"
            checked={code === ''}
            onChange={({ target }) => onChange(target.checked ? '' : null)}
          />
          {a.everyRegion}
        </label>
      )}
      {code !== '' && (
        <TargetPicker
          label={a.findRegion}
          kinds={['region']}
          isSingle
          chosen={code === null ? [] : [{ kind: 'region', id: code, name: names.get(code) ?? code }]}
          onChange={([region]) => {
            if (region !== undefined) setNames(new Map([...names, [region.id, region.name]]));
            onChange(region?.id ?? null);
          }}
        />
      )}
    </fieldset>
  );
}

function AgencyField({
  siteId,
  onChange,
}: {
  readonly siteId: string | null;
  readonly onChange: (id: string | null) => void;
}) {
  const { a } = useAccountsTexts();
  const sites = useQuery(sitesQuery({ kind: 'agency', pageSize: 500 }));
  const items = sites.data?.items ?? [];
  if (sites.isSuccess && items.length === 0) return <p className="secondary">{a.noAgencies}</p>;
  return (
    <label className="labelled">
      {a.agency}
      <select
        className="field"
        required
        value={siteId ?? ''}
        onChange={({ target }) => onChange(target.value === '' ? null : target.value)}
      >
        <option value="">{a.pickAgency}</option>
        {items.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
