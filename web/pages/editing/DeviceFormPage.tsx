import { useQueries, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import type { Device, DeviceDetail } from '../../../core/contract/devices.ts';
import { createDevice, credentialsQuery, deleteDevice, updateDevice } from '../../api/inventory.ts';
import { catalogueQuery, deviceQuery, siteQuery } from '../../api/queries.ts';
import { useInventoryChanged } from '../../components/inventory-changed.ts';
import { tellSaved } from '../../components/saved/saved.ts';
import { TargetPicker } from '../../components/targets/TargetPicker.tsx';
import { SchemaFields } from '../settings/SchemaFields.tsx';
import { schemaFields, settingsOf } from '../settings/schema-fields.ts';
import { EditFrame } from './EditFrame.tsx';
import { FormPage } from './FormPage.tsx';
import { ChoiceField, FlagField, NumberField, TextField } from './fields.tsx';
import { RetireButton } from './RetireButton.tsx';
import { useEditTexts } from './texts.ts';
import type { EditForm } from './use-edit.ts';
import { useThing } from './use-thing.ts';

type Fields = Pick<
  Device,
  | 'code'
  | 'name'
  | 'kind'
  | 'siteId'
  | 'host'
  | 'mac'
  | 'enabled'
  | 'reachability'
  | 'settings'
  | 'tcpPort'
  | 'snmpPort'
  | 'credentialId'
  | 'reachIntervalS'
  | 'pollIntervalS'
  | 'timeoutMs'
  | 'retries'
> & { readonly parentIds: string[] };

const USUAL: Omit<Fields, 'siteId'> = {
  code: '',
  name: '',
  kind: '',
  host: '',
  mac: null,
  enabled: true,
  reachability: 'icmp',
  settings: {},
  tcpPort: null,
  snmpPort: 161,
  credentialId: null,
  reachIntervalS: null,
  pollIntervalS: null,
  timeoutMs: null,
  retries: null,
  parentIds: [],
};

function fieldsOf(device: DeviceDetail): Fields {
  const names = [...Object.keys(USUAL), 'siteId'].filter((name) => name !== 'parentIds') as (keyof Device)[];
  const own = Object.fromEntries(names.map((name) => [name, device[name]])) as unknown as Omit<Fields, 'parentIds'>;
  return { ...own, parentIds: device.parents.map(({ id }) => id) };
}

/** Settings of the probe that watches the device, drawn from its schema. */
function ProbeSettings({ form }: { readonly form: EditForm<Fields> }) {
  const { e, language } = useEditTexts();
  const probes = useQuery(catalogueQuery).data?.probes ?? [];
  const { values, bind, set } = form;
  const fields = schemaFields(probes.find(({ id }) => id === values.reachability)?.settings, []);
  // The fields keep what is typed themselves; the form is told of it, so that it outlives a reload.
  const onInput = ({ currentTarget }: FormEvent<HTMLFieldSetElement>): void => {
    const { form: element } = currentTarget;
    if (element === null) return;
    const isShown = (name: string): boolean => fields.some((field) => field.name === name);
    // What a form cannot show stays as it is.
    const others = Object.entries(values.settings).filter(([name]) => !isShown(name));
    set({
      settings: { ...Object.fromEntries(others), ...settingsOf(fields, new FormData(element)) } as Fields['settings'],
    });
  };
  return (
    <>
      <ChoiceField
        {...bind('reachability')}
        options={probes.map(({ id, label }) => ({ value: id, text: label[language] }))}
        onChange={(reachability) => set({ reachability: reachability ?? 'icmp', settings: {} })}
      />
      {fields.length > 0 && (
        <fieldset className="group" onInput={onInput}>
          <legend>{e.field['settings']}</legend>
          <SchemaFields
            key={values.reachability}
            fields={fields}
            values={values.settings}
            secretsSet={[]}
            names={e.setting}
          />
        </fieldset>
      )}
    </>
  );
}

function DeviceForm({ device, siteId }: { readonly device: DeviceDetail | null; readonly siteId: string }) {
  const { e, language } = useEditTexts();
  const navigate = useNavigate();
  const inventoryChanged = useInventoryChanged();
  const current: Fields = device === null ? { ...USUAL, siteId } : fieldsOf(device);
  const toDevice = (id: string) => navigate({ to: '/devices/$deviceId', params: { deviceId: id } });
  const toList = () => navigate({ to: '/devices' });
  const leave = () => void (device === null ? toList() : toDevice(device.id));
  const form = useThing<Fields, Device>({
    kind: 'device',
    id: device?.id ?? null,
    current,
    queryKey: deviceQuery(device?.id ?? '').queryKey,
    shown: ({ parentIds: _, ...values }) => values,
    create: (body) => createDevice({ body }),
    update: (deviceId, body) => updateDevice({ params: { deviceId }, body }),
    remove: (deviceId) => deleteDevice({ params: { deviceId } }),
    toThing: ({ id }) => toDevice(id),
    toList,
  });
  const { values, bind, set } = form;
  const catalogue = useQuery(catalogueQuery).data;
  const credentials = useQuery(credentialsQuery).data?.items ?? [];
  const site = useQuery({ ...siteQuery(values.siteId), enabled: values.siteId !== '' }).data;
  const parents = useQueries({ queries: values.parentIds.map((id) => deviceQuery(id)) });
  const nameOf = (id: string): string =>
    device?.parents.find((parent) => parent.id === id)?.name ??
    parents.find(({ data }) => data?.id === id)?.data?.name ??
    id;
  const show = (field: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return '–';
    if (field === 'credentialId') return credentials.find(({ id }) => id === value)?.name ?? String(value);
    if (field === 'siteId') return value === site?.id ? site.name : String(value);
    if (Array.isArray(value)) return value.map((id) => nameOf(String(id))).join(', ') || '–';
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
  return (
    <EditFrame
      form={form}
      current={current}
      show={show}
      onCancel={leave}
      ending={
        device?.enabled === true && (
          <RetireButton
            text={e.device.retire}
            question={e.device.retireSure}
            retire={() =>
              updateDevice({ params: { deviceId: device.id }, body: { enabled: false, expected: { enabled: true } } })
            }
            onDone={async () => {
              tellSaved(e.device.retired(device.name), () =>
                updateDevice({
                  params: { deviceId: device.id },
                  body: { enabled: true, expected: { enabled: false } },
                }),
              );
              leave();
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
            <ChoiceField
              {...bind('kind')}
              options={(catalogue?.deviceKinds ?? []).map(({ id, label }) => ({
                value: id,
                text: label?.[language] ?? id,
              }))}
            />
          </div>
          <TargetPicker
            label={e.field['siteId'] ?? ''}
            kinds={['site']}
            isSingle
            chosen={values.siteId === '' ? [] : [{ kind: 'site', id: values.siteId, name: site?.name ?? '…' }]}
            onChange={([chosen]) => set({ siteId: chosen?.id ?? '' })}
          />
          <div className="edit-pair">
            <TextField {...bind('host')} most={253} isRequired isMono pattern="[A-Za-z0-9._:\-]+" hint={e.hint.host} />
            <TextField
              {...bind('mac')}
              most={17}
              isMono
              pattern="([0-9a-f]{2}:){5}[0-9a-f]{2}"
              hint={e.hint.mac}
              onChange={(mac) => set({ mac: mac?.toLowerCase().replaceAll('-', ':') ?? null })}
            />
          </div>
          <FlagField {...bind('enabled')} />
        </div>
        <div className="edit-column">
          <ChoiceField
            {...bind('credentialId')}
            empty={e.none}
            options={credentials.map(({ id, name }) => ({ value: id, text: name }))}
          />
          <ProbeSettings form={form} />
          <TargetPicker
            label={e.field['parentIds'] ?? ''}
            kinds={['device']}
            chosen={values.parentIds.map((id) => ({ kind: 'device', id, name: nameOf(id) }))}
            onChange={(chosen) => set({ parentIds: chosen.map(({ id }) => id) })}
          />
          <p className="form-hint">{e.hint.parentIds}</p>
          <details className="edit-more">
            <summary>{e.more}</summary>
            <div>
              <div className="edit-pair">
                <NumberField {...bind('snmpPort')} least={1} most={65_535} isWhole isRequired />
                <NumberField {...bind('tcpPort')} least={1} most={65_535} isWhole placeholder={e.usual} />
                <NumberField {...bind('reachIntervalS')} least={1} most={86_400} placeholder={e.usual} />
                <NumberField {...bind('pollIntervalS')} least={5} most={86_400} placeholder={e.usual} />
                <NumberField {...bind('timeoutMs')} least={100} most={60_000} isWhole placeholder={e.usual} />
                <NumberField {...bind('retries')} least={0} most={5} isWhole placeholder={e.usual} />
              </div>
            </div>
          </details>
        </div>
      </div>
    </EditFrame>
  );
}

/** `/devices/new`, at the site whose screen led here, and `/devices/$deviceId/edit`. */
export function DeviceFormPage() {
  const { t } = useEditTexts();
  const { deviceId } = useParams({ strict: false });
  const { site = '' } = useSearch({ strict: false });
  const query = useQuery({ ...deviceQuery(deviceId ?? ''), enabled: deviceId !== undefined });
  return (
    <FormPage kind="device" what={t.devices.column.name} isNew={deviceId === undefined} query={query}>
      {(device) => <DeviceForm key={device?.id} device={device} siteId={device?.siteId ?? site} />}
    </FormPage>
  );
}
