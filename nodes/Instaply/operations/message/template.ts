import type { InstaplyClient } from '../../api/client';
import type { Template } from '../../api/types';
import { InstaplyError } from '../../common/InstaplyError';
import { isJsonObject } from '../../common/json';
import { field } from '../../parameters/field';
import { id, text, type Parse } from '../../parameters/parse';

/** How the user names a template: by what the document calls its title, or its identifier. */
export type TemplateChoice = { title: string } | { contentSid: string };

/** A resource locator; an expression may also replace it whole by a content SID. */
const templateChoice: Parse<TemplateChoice> = (value, label) => {
	const { mode, value: chosen } = isJsonObject(value) ? value : { mode: 'id', value };
	return mode === 'name'
		? { title: text(chosen, label).trim() }
		: { contentSid: id(chosen, label) };
};

export const template = field(
	{
		displayName: 'Template',
		name: 'template',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The WhatsApp template to send, one of those approved for this thread',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose a template...',
				typeOptions: { searchListMethod: 'searchTemplates', searchable: true },
			},
			{
				displayName: 'By Title',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. issue_back',
				hint: 'Exactly as Instaply spells it',
			},
			{
				displayName: 'By Content SID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. HXdf71e8696fbd234e0115c69a542cb1',
			},
		],
	},
	templateChoice,
);

/**
 * Sends the chosen template to a thread.
 *
 * @throws InstaplyError when the thread has no template of that title, or several
 */
export async function sendTemplateTo(
	customerThreadId: string,
	choice: TemplateChoice,
	instaply: InstaplyClient,
) {
	const contentSid =
		'contentSid' in choice
			? choice.contentSid
			: findByTitle(
					choice.title,
					customerThreadId,
					await instaply.cachedTemplates(customerThreadId),
				);
	const response = await instaply.sendMessage({ customerThreadId, contentSid });
	return { customerThreadId, sent: true, via: 'template', contentSid, response };
}

function findByTitle(title: string, customerThreadId: string, templates: Template[]): string {
	const matches = templates.filter((template) => template.title === title);
	const [match, ...others] = matches;
	if (match === undefined) {
		const titles = [...new Set(templates.map((template) => template.title))];
		throw new InstaplyError(`Thread ${customerThreadId} has no template '${title}'`, {
			description:
				titles.length === 0
					? 'It has no templates at all: only WhatsApp threads have them.'
					: `Choose one of these: ${titles.join(', ')}.`,
		});
	}
	if (others.length > 0) {
		const contentSids = matches.map(({ contentSid }) => contentSid).join(', ');
		throw new InstaplyError(`Several templates are called '${title}'`, {
			description: `Choose one 'By Content SID': ${contentSids}.`,
		});
	}
	return match.contentSid;
}
