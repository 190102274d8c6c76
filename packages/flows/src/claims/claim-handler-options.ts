import type { BlockList } from 'node:net';
import { ConfigurationError } from '@seek-pass-kit/core';
import type { Connection } from '../connection.ts';
import type { FlowContext } from '../flow-context.ts';
import type { HandoffStore } from './handoff.ts';
import { readNetworks } from './networks.ts';

/** Who is signed in at the host, by the id that the award's recipient has as `subject`. Never an e-mail address. */
export interface HostPerson {
  readonly subject: string;
  /** Set when somebody acts in the person's name ("log in as"): that is refused. */
  readonly impersonatedBy?: string;
}

/** Proof by the host's own sign-in. */
export interface HostProof {
  /**
   * Who is signed in with the cookies and headers of this request, whose body is not readable; `undefined`: nobody. Rejecting, or no word
   * within ten seconds, is a fault of ours to the learner, and proves nobody.
   */
  readonly host: (request: Request, connection: Connection) => Promise<HostPerson | undefined>;
  /**
   * Where somebody who is not signed in is sent to, and comes back from. Without it they have to sign in and open their link, or press your
   * button, once more.
   */
  readonly signInUrl?: (returnTo: string) => string;
}

/**
 * No proof but the link itself: whoever has it claims. `sandbox` is refused anywhere else; the other one counts for microcredentials,
 * awards of other types are proved by e-mail code all the same.
 */
export interface LinkAloneProof {
  readonly linkAlone: 'sandbox' | 'microcredentials_whoever_has_the_link_can_claim';
}

/** An award that code of the host is asked about. */
export interface ClaimedAward {
  readonly awardId: string;
  /** The host's own name of the award. */
  readonly key: string;
  /** The host's own id of the recipient. */
  readonly subject?: string;
}

/** People whom the host hands over when it has signed them in by other means than a cookie, besides the proof: see `AddFlow.handOver`. */
export interface HandoffRules {
  readonly handoffs: HandoffStore;
  /**
   * Whether this person may claim this award right now: still there, not blocked, still the one whom staff linked. Asked by every page that
   * shows something and by the POST that submits. Rejecting, or no word within ten seconds, is a fault of ours to the learner.
   */
  readonly mayClaim: (award: ClaimedAward) => Promise<boolean>;
}

/** Settings of the claim pages. */
export interface ClaimHandlerOptions {
  /**
   * How the recipient is proved (security rule 8). Default `email-code`, which proves the mailbox and not the person. `host` proves whom
   * the host's sign-in proves.
   */
  readonly proof?: 'email-code' | HostProof | LinkAloneProof;
  /** Takes people whom the host hands over as proved. Everybody else gives the proof. Not beside `proof: { host }`. */
  readonly handoff?: HandoffRules;
  /**
   * Names of facts (`student_number`) that a recipient must answer besides the proof; who has none of that name on record cannot.
   * Without it, the facts on record are asked for when the mailbox was never verified and a code is the proof.
   */
  readonly knownFacts?: readonly string[];
  /** Whether a guardian agreed that this recipient, who is under age, takes the award. Without it minors cannot claim. */
  readonly guardian?: (request: Request, award: ClaimedAward, connection: Connection) => Promise<boolean>;
  /**
   * Done before each page that may ask `host` or `guardian`, when these need what code of the host puts on `connection.incoming`. It must not
   * read the body. Rejecting is a fault of ours to the learner, and nothing is asked or done.
   */
  readonly prepare?: (request: Request, connection: Connection) => Promise<void>;
  /** Addresses or networks (`10.0.0.0/8`) of your proxies: only what they say in `X-Forwarded-For` is believed. Default none. */
  readonly trustedProxies?: readonly string[];
  /** Told what went wrong on our side while the learner read that it is our fault. Nothing personal is added; `route` is no URL. */
  readonly onError?: (error: unknown, at: { readonly route: string; readonly awardId?: string }) => void;
}

/** {@link ClaimHandlerOptions}, checked. */
export interface ClaimRules {
  readonly proof: 'email-code' | HostProof | LinkAloneProof;
  readonly handoff: HandoffRules | undefined;
  readonly knownFacts: readonly string[];
  readonly guardian: ClaimHandlerOptions['guardian'];
  readonly prepare: NonNullable<ClaimHandlerOptions['prepare']>;
  readonly trustedProxies: BlockList;
  readonly onError: NonNullable<ClaimHandlerOptions['onError']>;
}

/** @throws {ConfigurationError} `invalid_configuration`, naming the setting. */
export function readClaimRules(
  { environment }: Pick<FlowContext, 'environment'>,
  options: ClaimHandlerOptions,
): ClaimRules {
  const { proof = 'email-code', knownFacts = [], guardian, prepare, trustedProxies = [] } = options;
  const { handoff, onError } = options;
  checkProof(proof, environment);
  if (!Array.isArray(knownFacts) || !knownFacts.every((name) => typeof name === 'string' && name !== '')) {
    throw new ConfigurationError(
      "knownFacts must be a list of names: write it like ['student_number'], or leave it out.",
    );
  }
  if (knownFacts.length > 0 && isLinkAlone(proof)) {
    throw new ConfigurationError(
      'knownFacts counts only besides another proof: set proof to email-code or host, or leave knownFacts out.',
    );
  }
  if (handoff !== undefined && isHostProof(proof)) {
    throw new ConfigurationError(
      "handoff is a proof by the host's sign-in too: set proof to email-code, or leave handoff out.",
    );
  }
  return {
    proof,
    handoff,
    knownFacts,
    guardian,
    prepare: prepare ?? (async () => undefined),
    trustedProxies: readNetworks('trustedProxies', trustedProxies),
    onError: onError ?? (() => undefined),
  };
}

/** Whether the host's own sign-in is the proof. */
export function isHostProof(proof: ClaimRules['proof']): proof is HostProof {
  return typeof proof === 'object' && 'host' in proof;
}

/** Whether the link is all the proof there is. */
export function isLinkAlone(proof: ClaimRules['proof']): proof is LinkAloneProof {
  return typeof proof === 'object' && 'linkAlone' in proof;
}

/** Settings come from JavaScript too: what is not one of the proofs must not turn into a weaker one. */
function checkProof(proof: unknown, environment: FlowContext['environment']): void {
  if (proof === 'email-code') return;
  const given = typeof proof === 'object' && proof !== null ? proof : {};
  if ('host' in given && typeof given.host === 'function' && !('linkAlone' in given)) return;
  const alone = 'linkAlone' in given && !('host' in given) ? given.linkAlone : undefined;
  if (alone === 'microcredentials_whoever_has_the_link_can_claim') return;
  if (alone === 'sandbox' && environment === 'sandbox') return;
  throw new ConfigurationError(
    alone === 'sandbox'
      ? `proof.linkAlone is 'sandbox', the environment is '${environment}': set proof to email-code or host.`
      : "proof is not one there is: set it to 'email-code', { host } or { linkAlone }, or leave it out.",
  );
}
