import type { InstaplyClient } from '../../api/client';
import type { Template } from '../../api/types';
import { InstaplyError } from '../../common/InstaplyError';
import type { Json } from '../../common/json';
import { shorten } from '../../common/shorten';
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
				if (parse.isBlank(read(threadId.property.name))) {
					throw parse.missing(
						threadId.property.displayName,
						'Each thread has templates of its own. Execute the nodes before this one, so that the ID is known, or choose the template by its title.',
					);
				}
				const customerThreadId = threadId.value(read);
				const templates = await (await connect()).templates(customerThreadId);
				if (templates.length === 0) {
					throw new InstaplyError(`Thread ${customerThreadId} has no templates`, {
						description: 'Only WhatsApp threads have them.',
					});
				}
				return templates.map(({ title, text, contentSid }) => ({
					name: [textIn(title) ?? contentSid, preview(text)].filter(Boolean).join(': '),
					value: contentSid,
					description: textIn(text),
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

function preview(text: Json): string {
	return shorten(textIn(text)?.replace(/\s+/g, ' ') ?? '', MAX_PREVIEW_LENGTH);
}

/** @returns undefined when there is none to be shown */
function textIn(value: Json): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
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

/** Of what a message lists. */
const MAX_LIST_LENGTH = 500;

function findByTitle(title: string, customerThreadId: string, templates: Template[]): string {
	const matches = templates.filter((template) => textIn(template.title)?.trim() === title);
	const [match, ...others] = matches;
	if (match === undefined) {
		throw new InstaplyError(`Thread ${customerThreadId} has no template '${title}'`, {
			description: titlesToChoose(templates),
		});
	}
	if (others.length > 0) {
		const contentSids = matches.map(({ contentSid }) => contentSid).join(', ');
		throw new InstaplyError(`Several templates are called '${title}'`, {
			description: `Choose one 'By Content SID': ${shorten(contentSids, MAX_LIST_LENGTH)}.`,
		});
	}
	return match.contentSid;
}

function titlesToChoose(templates: Template[]): string {
	if (templates.length === 0) {
		return 'It has no templates at all: only WhatsApp threads have them.';
	}
	const titles = templates.flatMap(({ title }) => textIn(title) ?? []);
	return titles.length === 0
		? "Instaply shows no titles of its templates. Choose one 'By Content SID'."
		: `Choose one of these: ${shorten([...new Set(titles)].join(', '), MAX_LIST_LENGTH)}.`;
}
