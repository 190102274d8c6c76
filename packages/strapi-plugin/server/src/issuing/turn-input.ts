import { z } from 'zod';
import { resumeReasons, stopReasons } from '../../../contract/settings.ts';

export const stopTurn = z.strictObject({ reason: z.enum(stopReasons) });

export const resumeTurn = z.strictObject({ reason: z.enum(resumeReasons) });
