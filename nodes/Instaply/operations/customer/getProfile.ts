import type { IDataObject } from 'n8n-workflow';

import { isJsonObject, type Json, type JsonObject } from '../../common/json';
import { customerId, simplify } from '../../parameters/sharedFields';
import { operation } from '../operation';

export const getProfile = operation({
	value: 'getProfile',
	name: 'Get Profile',
	action: 'Get customer profile',
	description: 'Get the name, e-mail address, phone number and company of a customer',
	builderHint: {
		propertyHint:
			'Its items have no customerThreadId: nodes behind it take that from the Instaply Trigger by its name.',
	},
	fields: [customerId, simplify],
	async run({ customerId, simplify }, { instaply }) {
		const profile = await instaply.customerProfile(customerId);
		return simplify ? simplifyProfile(profile) : profile;
	},
});

/** The ten fields that workflows use most, flat. */
function simplifyProfile(profile: JsonObject): IDataObject {
	const { lastSurveys = null } = profile;
	return {
		id: profile.id ?? null,
		displayName: profile.displayName ?? null,
		firstName: profile.firstName ?? null,
		lastName: profile.lastName ?? null,
		emailAddress: profile.emailAddress ?? null,
		phoneNumber: profile.phoneNumber ?? null,
		company: profile.company ?? null,
		channel: profile.channel ?? null,
		type: profile.type ?? null,
		nps: surveyAnswer(lastSurveys, 'nps'),
	};
}

/** Instaply gives all survey answers as text, scores too. */
function surveyAnswer(surveys: Json, name: string): Json {
	const survey = isJsonObject(surveys) ? surveys[name] : null;
	return isJsonObject(survey) ? (survey.text ?? null) : null;
}
