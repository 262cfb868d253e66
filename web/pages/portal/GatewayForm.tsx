import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { PortalGateway, PortalGatewayChange } from '../../../core/contract/portal/gateway.ts';
import { createPortalGateway, deletePortalGateway, updatePortalGateway } from '../../api/portal.ts';
import { catalogueQuery } from '../../api/queries.ts';
import { FormFoot } from '../../components/form/FormFoot.tsx';
import { type Target, TargetPicker } from '../../components/targets/TargetPicker.tsx';
import { SchemaFields } from '../settings/SchemaFields.tsx';
import { schemaFields, settingsOf } from '../settings/schema-fields.ts';
import { usePortalChange } from './change.ts';
import { Sure } from './Sure.tsx';
import { usePortalTexts } from './texts.ts';

/** RFC 5176. */
const USUAL_COA_PORT = '3799';
const AUTHENTICATORS = ['auto', 'required', 'no'] as const;
type Draft = {
  readonly site: readonly Target[];
  readonly device: readonly Target[];
  readonly family: string;
  readonly authenticator: PortalGateway['messageAuthenticator'];
};
const targetOf = (kind: Target['kind'], id: string, name: string): Target => ({ kind, id, name });

/** Where texts of the form are empty, nothing is set. */
const textOf = (form: FormData, name: string): string | null => {
  const text = String(form.get(name) ?? '').trim();
  return text === '' ? null : text;
};
const numberOf = (form: FormData, name: string): number | null => {
  const text = textOf(form, name);
  return text === null ? null : Number(text);
};

function TextField(props: {
  readonly name: string;
  readonly label: string;
  readonly value: string | number | null | undefined;
  readonly hint?: string;
  readonly type?: 'text' | 'number' | 'password';
  readonly isRequired?: boolean;
  readonly placeholder?: string | undefined;
  readonly most: number;
  readonly least?: number;
}) {
  const { name, label, value, hint, type = 'text', isRequired = false, placeholder, most, least } = props;
  const bounds = type === 'number' ? { min: least, max: most } : { minLength: least, maxLength: most };
  return (
    <label className="labelled">
      {label}
      <input
        className="field"
        name={name}
        type={type}
        defaultValue={value ?? ''}
        required={isRequired}
        placeholder={placeholder}
        autoComplete={type === 'password' ? 'new-password' : 'off'}
        autoCapitalize="none"
        spellCheck={false}
        {...bounds}
      />
      {hint !== undefined && <span className="form-hint">{hint}</span>}
    </label>
  );
}

function Radius({
  gateway,
  authenticator,
  onAuthenticator,
}: {
  readonly gateway: PortalGateway | null;
  readonly authenticator: PortalGateway['messageAuthenticator'];
  readonly onAuthenticator: (value: PortalGateway['messageAuthenticator']) => void;
}) {
  const { p } = usePortalTexts();
  const g = p.gateways;
  return (
    <fieldset className="group">
      <legend>{g.radius}</legend>
      <TextField name="radius-address" label={g.radiusAddress} value={gateway?.radiusAddress} most={64} />
      <TextField
        name="radius-secret"
        type="password"
        label={g.radiusSecret}
        value={null}
        least={8}
        most={128}
        hint={g.radiusSecretHint}
        placeholder={gateway?.hasRadiusSecret === true ? g.secretSet : undefined}
      />
      {gateway?.hasRadiusSecret === true && (
        <label className="check">
          <input type="checkbox" name="radius-secret-remove" />
          {g.removeSecret}
        </label>
      )}
      <label className="labelled">
        {g.authenticator}
        <select
          className="field"
          value={authenticator}
          onChange={({ target }) => onAuthenticator(AUTHENTICATORS.find((one) => one === target.value) ?? 'auto')}
        >
          {AUTHENTICATORS.map((one) => (
            <option key={one} value={one}>
              {g.authenticators[one]}
            </option>
          ))}
        </select>
      </label>
      {authenticator === 'no' && <p className="portal-note">{g.authenticatorNo}</p>}
      <TextField name="nas-identifier" label={g.nasIdentifier} value={gateway?.nasIdentifier} most={253} />
      <TextField name="radsec-name" label={g.radsecName} value={gateway?.radsecName} most={255} />
      <TextField
        name="coa-port"
        type="number"
        label={g.coaPort}
        hint={g.coaPortHint}
        value={gateway?.coaPort}
        least={1}
        most={65_535}
        placeholder={USUAL_COA_PORT}
      />
      <TextField
        name="stale-seconds"
        type="number"
        label={g.staleSeconds}
        value={gateway?.staleSeconds}
        least={60}
        most={86_400}
      />
      <label className="check">
        <input type="checkbox" name="swap-octets" defaultChecked={gateway?.swapOctets ?? false} />
        {g.swapOctets}
      </label>
    </fieldset>
  );
}

/** A gateway by the settings of its family; secrets go in and never come out. */
export function GatewayForm({
  gateway,
  onClose,
}: {
  readonly gateway: PortalGateway | null;
  readonly onClose: () => void;
}) {
  const { p, t, language } = usePortalTexts();
  const g = p.gateways;
  const families = useQuery(catalogueQuery).data?.portalGateways ?? [];
  const [draft, setDraft] = useState<Draft>({
    site: gateway === null ? [] : [targetOf('site', gateway.siteId, gateway.siteName)],
    device: gateway?.deviceId == null ? [] : [targetOf('device', gateway.deviceId, gateway.deviceId)],
    family: gateway?.family ?? '',
    authenticator: gateway?.messageAuthenticator ?? 'auto',
  });
  const [cleared, setCleared] = useState<readonly string[]>([]);
  const family = families.find(({ id }) => id === draft.family) ?? (gateway === null ? families[0] : undefined);
  const fields = schemaFields(family?.settings, family?.secrets ?? []);
  const siteId = draft.site[0]?.id;
  const save = usePortalChange((form: FormData) => {
    const secret = textOf(form, 'radius-secret');
    const change: PortalGatewayChange = {
      name: textOf(form, 'gateway-name') ?? '',
      deviceId: draft.device[0]?.id ?? null,
      lanAddress: textOf(form, 'lan-address'),
      settings: settingsOf(fields, form, cleared),
      radiusAddress: textOf(form, 'radius-address'),
      radsecName: textOf(form, 'radsec-name'),
      nasIdentifier: textOf(form, 'nas-identifier'),
      messageAuthenticator: draft.authenticator,
      coaPort: numberOf(form, 'coa-port'),
      staleSeconds: numberOf(form, 'stale-seconds'),
      swapOctets: form.get('swap-octets') !== null,
      enabled: form.get('gateway-enabled') !== null,
      ...(secret === null ? {} : { radiusSecret: secret }),
      ...(secret === null && form.get('radius-secret-remove') !== null ? { radiusSecret: null } : {}),
    };
    const placed = { siteId: siteId ?? '', family: family?.id ?? draft.family };
    return gateway === null
      ? createPortalGateway({ body: { ...change, ...placed, name: change.name ?? '' } })
      : updatePortalGateway({ params: { gatewayId: gateway.id }, body: { ...change, ...placed } });
  }, onClose);
  const remove = usePortalChange((gatewayId: string) => deletePortalGateway({ params: { gatewayId } }), onClose);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate(new FormData(event.currentTarget));
  };
  return (
    <form className="form" onSubmit={submit}>
      <h2>{gateway === null ? g.add : gateway.name}</h2>
      {gateway !== null && (
        <div className="labelled">
          {g.address}
          <code className="mono portal-address">{`/g/${gateway.ref}`}</code>
          <span className="form-hint">{g.addressHint}</span>
        </div>
      )}
      <TextField name="gateway-name" label={g.name} value={gateway?.name} isRequired most={100} />
      <TargetPicker
        label={g.site}
        kinds={['site']}
        isSingle
        chosen={draft.site}
        onChange={(site) => setDraft({ ...draft, site })}
      />
      <label className="labelled">
        {g.family}
        <select
          className="field"
          value={family?.id ?? draft.family}
          onChange={({ target }) => setDraft({ ...draft, family: target.value })}
        >
          {families.map(({ id, label }) => (
            <option key={id} value={id}>
              {label[language]}
            </option>
          ))}
        </select>
      </label>
      <TextField
        name="lan-address"
        label={g.lanAddress}
        value={gateway?.lanAddress}
        hint={g.lanAddressHint}
        most={255}
      />
      <SchemaFields
        key={family?.id ?? ''}
        fields={fields}
        values={gateway?.settings ?? {}}
        secretsSet={family?.id === gateway?.family ? (gateway?.secretsSet ?? []) : []}
        cleared={cleared}
        onClear={setCleared}
      />
      <Radius
        gateway={gateway}
        authenticator={draft.authenticator}
        onAuthenticator={(authenticator) => setDraft({ ...draft, authenticator })}
      />
      <TargetPicker
        label={g.device}
        kinds={['device']}
        isSingle
        chosen={draft.device}
        onChange={(device) => setDraft({ ...draft, device })}
      />
      <label className="check">
        <input type="checkbox" name="gateway-enabled" defaultChecked={gateway?.enabled ?? true} />
        {g.enabled}
      </label>
      <FormFoot
        error={save.error ?? remove.error}
        submit={t.action.save}
        isDisabled={save.isPending || siteId === undefined || family === undefined}
        onClose={onClose}
      >
        {gateway !== null && (
          <Sure
            text={g.remove}
            question={g.removeSure}
            isBusy={remove.isPending}
            onSure={() => remove.mutate(gateway.id)}
          />
        )}
      </FormFoot>
    </form>
  );
}
