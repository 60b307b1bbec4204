-- Codes are kept as macs. Beside each mac stands the key it was made under, so that a key is not taken away while a code waits that only it
-- can recognise. Null: made before this was written down; it counts for every key.
alter table account_activation add column mac_key text;
alter table mandate_invitation add column mac_key text;
alter table authorisation_request add column mac_key text;
alter table recovery_code add column mac_key text;
alter table password_reset add column mac_key text;
comment on column account_activation.mac_key is 'The id of the key that made code_mac; null: made before it was written down.';
comment on column mandate_invitation.mac_key is 'The id of the key that made code_mac; null: made before it was written down.';
comment on column authorisation_request.mac_key is 'The id of the key that made code_mac; null: made before it was written down.';
comment on column recovery_code.mac_key is 'The id of the key that made code_mac; null: made before it was written down.';
comment on column password_reset.mac_key is 'The id of the key that made code_mac; null: made before it was written down, or not confirmed.';
