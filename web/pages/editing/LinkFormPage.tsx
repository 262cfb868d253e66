import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { getLink } from '../../../core/contract/links.ts';
import { MEDIA, type Medium } from '../../../core/domain/medium.ts';
import type { Reply } from '../../api/endpoint.ts';
import { createLink, deleteLink, updateLink } from '../../api/inventory.ts';
import { deviceQuery, interfacesQuery, linkQuery, siteQuery } from '../../api/queries.ts';
import { dayText, momentOf } from '../../components/form/local-time.ts';
import { useInventoryChanged } from '../../components/inventory-changed.ts';
import { Empty } from '../../components/Screen.tsx';
import { tellSaved } from '../../components/saved/saved.ts';
import { TargetPicker } from '../../components/targets/TargetPicker.tsx';
import { EditFrame } from './EditFrame.tsx';
import { FormPage } from './FormPage.tsx';
import { ChoiceField, NumberField, TextField } from './fields.tsx';
import { RetireButton } from './RetireButton.tsx';
import { useEditTexts } from './texts.ts';
import type { Bound } from './use-edit.ts';
import { useThing } from './use-thing.ts';

/** An end that whoever asks may not see is null. */
type Link = Reply<typeof getLink>;
type Fields = {
  readonly code: string;
  readonly name: string;
  readonly medium: Medium;
  readonly fromSiteId: string;
  readonly toSiteId: string | null;
  readonly deviceId: string | null;
  readonly ifIndex: number | null;
  readonly provider: string | null;
  readonly contractMbps: number | null;
  readonly slaPercent: number | null;
  readonly contractFrom: number | null;
  readonly contractTo: number | null;
};
const NAMES: readonly (keyof Fields)[] = [
  'code',
  'name',
  'medium',
  'fromSiteId',
  'toSiteId',
  'deviceId',
  'ifIndex',
  'provider',
  'contractMbps',
  'slaPercent',
  'contractFrom',
  'contractTo',
];
const NONE: Omit<Fields, 'fromSiteId'> = {
  code: '',
  name: '',
  medium: 'fibre',
  toSiteId: null,
  deviceId: null,
  ifIndex: null,
  provider: null,
  contractMbps: null,
  slaPercent: null,
  contractFrom: null,
  contractTo: null,
};
const fieldsOf = (link: Link): Fields =>
  Object.fromEntries(NAMES.map((name) => [name, link[name]])) as unknown as Fields;

/** Days of contracts are kept as midnight UTC, whatever the zone. */
const UTC = { offsetMs: 0 };

function DayField({ name, value, fault, onChange }: Bound<number | null>) {
  const { e } = useEditTexts();
  return (
    <label className="labelled">
      <span>
        {e.field[name]} <span className="unit">{e.optional}</span>
      </span>
      <input
        className="field"
        type="date"
        value={value === null ? '' : dayText(value, UTC)}
        aria-invalid={fault !== null}
        onChange={({ target }) => onChange(target.value === '' ? null : momentOf(`${target.value}T00:00`, UTC))}
      />
    </label>
  );
}

/** A site or device that a link names. */
function useName(kind: 'site' | 'device', id: string | null): string {
  const site = useQuery({ ...siteQuery(id ?? ''), enabled: kind === 'site' && id !== null && id !== '' }).data?.name;
  const device = useQuery({ ...deviceQuery(id ?? ''), enabled: kind === 'device' && id !== null }).data?.name;
  return (kind === 'site' ? site : device) ?? '…';
}

function LinkForm({ link, siteId }: { readonly link: Link | null; readonly siteId: string }) {
  const { e, t, f } = useEditTexts();
  const navigate = useNavigate();
  const inventoryChanged = useInventoryChanged();
  const current: Fields = link === null ? { ...NONE, fromSiteId: siteId } : fieldsOf(link);
  const toSite = (id: string) => navigate({ to: '/sites/$siteId', params: { siteId: id } });
  const leave = () => (current.fromSiteId === '' ? navigate({ to: '/links' }) : toSite(current.fromSiteId));
  const form = useThing<Fields, Link>({
    kind: 'link',
    id: link?.id ?? null,
    current,
    queryKey: linkQuery(link?.id ?? '').queryKey,
    shown: (values) => values,
    create: (body) => createLink({ body }),
    update: (linkId, body) => updateLink({ params: { linkId }, body }),
    remove: (linkId) => deleteLink({ params: { linkId } }),
    toThing: (_, { fromSiteId }) => toSite(fromSiteId),
    toList: leave,
  });
  const { values, bind, set } = form;
  const fromName = useName('site', values.fromSiteId);
  const toName = useName('site', values.toSiteId);
  const deviceName = useName('device', values.deviceId);
  const ports = useQuery({ ...interfacesQuery(values.deviceId ?? ''), enabled: values.deviceId !== null }).data?.items;
  const show = (field: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return '–';
    if (field === 'medium') return t.link.medium[value as Medium];
    if (field === 'contractFrom' || field === 'contractTo') return f.date(Number(value));
    return String(value);
  };
  return (
    <EditFrame
      form={form}
      current={current}
      show={show}
      onCancel={() => void leave()}
      ending={
        link !== null && (
          <RetireButton
            text={e.link.remove}
            question={e.link.removeSure}
            retire={() => deleteLink({ params: { linkId: link.id } })}
            onDone={async () => {
              tellSaved(e.link.removed(link.name), () => createLink({ body: current }));
              await leave();
              await inventoryChanged();
            }}
          />
        )
      }
    >
      <div className="edit-columns">
        <div className="edit-column">
          <TextField {...bind('name')} most={200} isRequired />
          <div className="edit-pair">
            <TextField {...bind('code')} most={80} isRequired isMono hint={e.hint.code} />
            <ChoiceField {...bind('medium')} options={MEDIA.map((value) => ({ value, text: t.link.medium[value] }))} />
          </div>
          <TargetPicker
            label={e.field['fromSiteId'] ?? ''}
            kinds={['site']}
            isSingle
            chosen={values.fromSiteId === '' ? [] : [{ kind: 'site', id: values.fromSiteId, name: fromName }]}
            onChange={([chosen]) => set({ fromSiteId: chosen?.id ?? '' })}
          />
          <TargetPicker
            label={e.field['toSiteId'] ?? ''}
            kinds={['site']}
            isSingle
            chosen={values.toSiteId === null ? [] : [{ kind: 'site', id: values.toSiteId, name: toName }]}
            onChange={([chosen]) => set({ toSiteId: chosen?.id ?? null })}
          />
          <p className="form-hint">{e.hint.toSiteId}</p>
        </div>
        <div className="edit-column">
          <TargetPicker
            label={e.field['deviceId'] ?? ''}
            kinds={['device']}
            isSingle
            chosen={values.deviceId === null ? [] : [{ kind: 'device', id: values.deviceId, name: deviceName }]}
            onChange={([chosen]) => set({ deviceId: chosen?.id ?? null, ifIndex: null })}
          />
          {values.deviceId !== null && (
            <ChoiceField
              {...bind('ifIndex')}
              value={values.ifIndex === null ? null : String(values.ifIndex)}
              onChange={(index) => set({ ifIndex: index === null ? null : Number(index) })}
              empty={e.none}
              options={(ports ?? []).map(({ index, name }) => ({ value: String(index), text: name }))}
            />
          )}
          <TextField {...bind('provider')} most={200} />
          <div className="edit-pair">
            <NumberField {...bind('contractMbps')} least={0.001} most={1e7} />
            <NumberField {...bind('slaPercent')} least={0} most={100} />
            <DayField {...bind('contractFrom')} />
            <DayField {...bind('contractTo')} />
          </div>
        </div>
      </div>
    </EditFrame>
  );
}

/** `/links/new`, from the site whose screen led here, and `/links/$linkId/edit`. */
export function LinkFormPage() {
  const { e, t } = useEditTexts();
  const { linkId } = useParams({ strict: false });
  const { site = '' } = useSearch({ strict: false });
  const query = useQuery({ ...linkQuery(linkId ?? ''), enabled: linkId !== undefined });
  return (
    <FormPage kind="link" what={t.link.title} isNew={linkId === undefined} query={query}>
      {(link) =>
        link !== null && link.fromSiteId === null ? (
          <Empty title={e.link.hidden} />
        ) : (
          <LinkForm key={link?.id} link={link} siteId={link?.fromSiteId ?? site} />
        )
      }
    </FormPage>
  );
}
