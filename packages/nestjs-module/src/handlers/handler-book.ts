/** What the application does with events, by the name that outcomes are stored under. Filled when the application's modules are there. */
export class HandlerBook {}
