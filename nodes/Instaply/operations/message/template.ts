import type { InstaplyClient } from '../../api/client';
import type { Template } from '../../api/types';
import { InstaplyError } from '../../common/InstaplyError';
import * as parse from '../../parameters/parse';
import { resourceLocator } from '../../parameters/resourceLocator';
import { threadId } from '../../parameters/sharedFields';

/** A template, by its title or by its content SID. */
export type TemplateChoice = { title: string } | { contentSid: string };

export const templateLocator = resourceLocator(
	{
		displayName: 'Template',
		name: 'template',
		description: 'The WhatsApp template to send, one of those approved for this thread',
		list: {
			method: 'searchTemplates',
			placeholder: 'Choose a template...',
			async list(read, connect) {
				const customerThreadId = threadId.value(read);
				const templates = await (await connect()).templates(customerThreadId);
				if (templates.length === 0) {
					throw new InstaplyError(`Thread ${customerThreadId} has no templates`, {
						description: 'Only WhatsApp threads have them.',
					});
				}
				return templates.map(({ title, text, contentSid }) => ({
					name: `${title}: ${preview(text)}`,
					value: contentSid,
					description: text,
				}));
			},
		},
		modes: [
			{
				displayName: 'By Title',
				name: 'name',
				placeholder: 'e.g. issue_back',
				hint: 'Exactly as Instaply spells it',
			},
			{
				displayName: 'By Content SID',
				name: 'id',
				placeholder: 'e.g. HXdf71e8696fbd234e0115c69a542cb1',
			},
		],
	},
	(value, label, mode): TemplateChoice =>
		mode === 'name'
			? { title: parse.trimmedText(value, label) }
			: { contentSid: parse.id(value, label) },
);

const MAX_PREVIEW_LENGTH = 60;

function preview(text: string): string {
	const line = text.replace(/\s+/g, ' ');
	return line.length > MAX_PREVIEW_LENGTH ? `${line.slice(0, MAX_PREVIEW_LENGTH)}…` : line;
}

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
