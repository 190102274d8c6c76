/** Rotates the secret of the webhook for `argv[2]`, and stands still between the rotation and the save, to be killed there. */
import { openProofInbox } from './proof-inbox.ts';
import { say, settingsOfProcess } from './process-line.ts';

const [, , receiverUrl = ''] = process.argv;
const { inbox } = await openProofInbox(settingsOfProcess(), receiverUrl, async (seekPass) => ({
  seekPass: {
    now: () => seekPass.now(),
    webhooks: {
      ...seekPass.webhooks,
      async rotateSecret(id) {
        await seekPass.webhooks.rotateSecret(id);
        say({ rotated: true });
        return new Promise(() => undefined);
      },
    },
  },
}));
say({ rotating: true });
await inbox.rotateSecret({ who: 'staff-7' });
