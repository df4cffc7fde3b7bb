-- Passkeys: public keys of authenticators with which somebody signs in, or signs, without their password. A passkey
-- belongs to a place in one clinic, as sessions do; the private key never leaves the person's device.
create table public.passkey (
  clinic_id uuid not null references public.clinic (id),
  id uuid not null,
  membership_id uuid not null,
  credential_id text not null,
  -- COSE key, base64url.
  public_key text not null,
  -- How often the authenticator says it was used; 0 where it does not count.
  counter bigint not null check (counter >= 0),
  transports text[] not null,
  -- The host it was made for.
  rp_id text not null,
  name text not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  removed_at timestamptz,
  primary key (clinic_id, id),
  unique (clinic_id, credential_id),
  foreign key (clinic_id, membership_id) references public.membership (clinic_id, id)
);
create index passkey_membership on public.passkey (clinic_id, membership_id);
call public.make_tenant_table('passkey');

-- What an authenticator is asked to sign: taken out of the table by its first use, whatever comes of it.
create table public.passkey_challenge (
  clinic_id uuid not null references public.clinic (id),
  challenge text not null,
  purpose text not null check (purpose in ('sign-in', 'sign', 'sign-second', 'register')),
  -- Who asked; nobody yet when signing in.
  membership_id uuid,
  -- SHA-256 of the form that is sent with the answer: its address and everything in it but secrets.
  form_digest text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (clinic_id, challenge),
  foreign key (clinic_id, membership_id) references public.membership (clinic_id, id),
  check ((membership_id is null) = (purpose = 'sign-in'))
);
create index passkey_challenge_membership on public.passkey_challenge (clinic_id, membership_id);
create index passkey_challenge_expiry on public.passkey_challenge (clinic_id, expires_at);
call public.make_tenant_table('passkey_challenge');
