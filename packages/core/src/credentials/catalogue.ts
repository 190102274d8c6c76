import { careerHistory } from './career-history.ts';
import { digitalIdentity } from './digital-identity.ts';
import { education } from './education.ts';
import { englishProficiency } from './english-proficiency.ts';
import { microcredential } from './microcredential.ts';
import { rightToWork } from './right-to-work.ts';
import { universalCredential } from './universal-credential.ts';

/** Every credential type of SEEK Pass with all that this kit knows about it (docs: "Credential definitions"). */
export const credentialDefinitions = {
  education,
  english_proficiency: englishProficiency,
  microcredential,
  digital_identity: digitalIdentity,
  right_to_work: rightToWork,
  career_history: careerHistory,
  universal_credential: universalCredential,
};
