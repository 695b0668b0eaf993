import type {
	ContextConfigDefault,
	FastifyInstance,
	FastifyReply,
	FastifyRequest,
	FastifySchema,
	FastifyTypeProvider,
	RawRequestDefaultExpression,
	RawServerDefault,
} from 'fastify';
import type { ResolveFastifyReplyReturnType } from 'fastify/types/type-provider';

import type { Context } from '../context';
import type { Static } from '../schemas';

/** An endpoint. Its name is its method and its path, such as `GET /api/webhooks/:webHookId`. */
export interface Route<Name extends string = string> {
	name: Name;
	register: (app: FastifyInstance, context: Context) => void;
}

/** Has Fastify take the types of a request from the schemas that validate it. */
interface SchemaTypes extends FastifyTypeProvider {
	validator: Static<this['schema']>;
}

/** The parameters in a path, such as `:webHookId`. */
type Params<Path extends string> = Path extends `${string}/:${infer Name}/${infer Rest}`
	? Record<Name, string> & Params<`/${Rest}`>
	: Path extends `${string}/:${infer Name}`
		? Record<Name, string>
		: unknown;

interface Generic<Path extends string> {
	Params: Params<Path>;
}

type Handler<Name extends string, Schema extends FastifySchema> = (
	request: FastifyRequest<
		Generic<Name>,
		RawServerDefault,
		RawRequestDefaultExpression,
		Schema,
		SchemaTypes
	>,
	reply: FastifyReply,
	context: Context,
) => ResolveFastifyReplyReturnType<SchemaTypes, Schema, Generic<Name>>;

/** Defines an endpoint. What its handler gets is typed by its name and its schema. */
export function route<
	const Name extends `${'GET' | 'POST' | 'DELETE'} /${string}`,
	Schema extends FastifySchema,
>(name: Name, schema: Schema, handle: Handler<Name, Schema>): Route<Name> {
	const [method = '', url = ''] = name.split(' ');
	return {
		name,
		register(app, context) {
			app.withTypeProvider<SchemaTypes>().route<Generic<Name>, ContextConfigDefault, Schema>({
				method,
				url: url.slice(app.prefix.length),
				schema,
				handler: (request, reply) => handle(request, reply, context),
			});
		},
	};
}
