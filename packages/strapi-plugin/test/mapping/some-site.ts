import type { SiteAttribute, SiteModel, SiteSchemas } from '../../server/src/mapping/site-schemas.ts';

const scalar = (type: string): SiteAttribute => ({ type });

const contentTypes: Readonly<Record<string, SiteModel>> = {
  'api::completion.completion': {
    info: { displayName: 'Completion' },
    options: { draftAndPublish: true, privateAttributes: ['keptPrivate'] },
    attributes: {
      title: scalar('string'),
      notes: scalar('text'),
      hours: scalar('integer'),
      share: scalar('decimal'),
      passed: scalar('boolean'),
      completedOn: scalar('date'),
      completedAt: scalar('datetime'),
      outcome: scalar('enumeration'),
      certificate: { type: 'media' },
      hidden: { type: 'string', private: true },
      keptPrivate: scalar('string'),
      everywherePrivate: scalar('string'),
      secret: scalar('password'),
      extra: scalar('json'),
      page: scalar('blocks'),
      sections: scalar('dynamiczone'),
      learner: { type: 'relation', relation: 'manyToOne', target: 'api::learner.learner' },
      courses: { type: 'relation', relation: 'manyToMany', target: 'api::course.course' },
      anything: { type: 'relation', relation: 'morphToOne' },
      createdBy: { type: 'relation', relation: 'oneToOne', target: 'admin::user' },
      user: { type: 'relation', relation: 'oneToOne', target: 'plugin::users-permissions.user' },
      venue: { type: 'component', component: 'place.venue' },
      majors: { type: 'component', component: 'course.major', repeatable: true },
    },
  },
  'api::learner.learner': {
    info: { displayName: 'Learner' },
    attributes: {
      fullName: scalar('string'),
      email: scalar('email'),
      taxNumber: { type: 'string', private: true },
      pin: scalar('password'),
      user: { type: 'relation', relation: 'oneToOne', target: 'plugin::users-permissions.user' },
      createdBy: { type: 'relation', relation: 'oneToOne', target: 'admin::user' },
    },
  },
  'api::course.course': { info: { displayName: 'Course' }, attributes: { title: scalar('string') } },
  'plugin::users-permissions.user': {
    info: { displayName: 'User' },
    attributes: {
      email: scalar('email'),
      password: { type: 'password', private: true },
      resetPasswordToken: { type: 'string', private: true },
      confirmationToken: scalar('string'),
    },
  },
  'admin::user': { info: {}, attributes: { email: scalar('email'), resetPasswordToken: scalar('string') } },
};

const components: Readonly<Record<string, SiteModel>> = {
  'place.venue': {
    info: {},
    attributes: { city: scalar('string'), code: { type: 'string', private: true } },
  },
  'course.major': { info: {}, attributes: { name: scalar('string') } },
};

/** A site with every kind of field. */
export const someSite: SiteSchemas = {
  contentType: (uid) => (Object.hasOwn(contentTypes, uid) ? contentTypes[uid] : undefined),
  component: (uid) => (Object.hasOwn(components, uid) ? components[uid] : undefined),
  privateAttributes: ['everywherePrivate'],
};
