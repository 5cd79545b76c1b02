package tgemu

import (
	"fmt"
	"net/http"
)

// problem is a refusal of the Bot API; problems tells its code and text.
type problem int

const (
	invalidToken problem = iota
	unauthorized
	notFound
	methodNotFound
	tooLarge
	tooMany
	internalError
	badRequestBody
	chatIDEmpty
	chatNotFound
	chatUpgraded
	kickedFromGroup
	blockedByUser
	userDeactivated
	cannotInitiate
	threadNotFound
	notForum
	topicNameEmpty
	textEmpty
	textBlank
	textTooLong
	captionTooLong
	entitiesBroken
	parseModeUnknown
	entityListBroken
	markupNotJSON
	markupNotObject
	inlineRowsBroken
	inlineButtonBroken
	inlineButtonText
	replyRowsBroken
	replyButtonBroken
	buttonDataInvalid
	buttonURLInvalid
	buttonTypeInvalid
	markupTooLong
	replyNotFound
	replyParametersBroken
	notModified
	editNotFound
	editForbidden
	editNoText
	editNoCaption
	editWrongMedia
	deleteNotFound
	deleteForbidden
	idsMissing
	idsBroken
	idsTooMany
	copyNotFound
	copyForbidden
	forwardNotFound
	pinNotFound
	queryTooOld
	answerTooLong
	noDocument
	noPhoto
	fileEmpty
	fileIDWrong
	fileTooBigDownload
	fileIDInvalid
	fileIDMissing
	photoTooBig
	photoBroken
	photoDimensions
	mediaNotJSON
	mediaNotArray
	mediaBroken
	mediaCount
	mediaMixed
	actionWrong
	commandsNotJSON
	commandsTooMany
	commandInvalid
	commandDescription
	scopeBroken
	menuButtonBroken
	userNotFound
	userIDInvalid
	webResultBroken
	webhookActive
	pollTerminated
	pollTerminatedByWebhook
	webhookURLInvalid
	webhookHTTPS
	webhookElsewhere
	secretTooLong
	secretCharacters
)

// problems holds every refusal. Source: S read in tdlib/telegram-bot-api or
// TDLib, D the Bot API documentation, E seen in real answers as quoted in public
// issue threads, K general knowledge, not verified, O the emulator's own.
//
//nolint:gochecknoglobals // a table
var problems = map[problem]struct {
	code   int
	text   string
	source string
}{
	invalidToken:   {401, "Unauthorized: invalid token specified", "S ClientManager::send: no colon, leading 0"},
	unauthorized:   {401, "Unauthorized", "S fail_query_with_error prefix; a well-formed token nobody has"},
	notFound:       {404, "Not Found", "S HttpConnection::handle"},
	methodNotFound: {404, "Not Found: method not found", "S Client::on_cmd"},
	tooLarge:       {413, "Request Entity Too Large", "E nginx before the Bot API"},
	tooMany:        {429, "Too Many Requests: retry after %d", "S Query::set_retry_after_error"},
	internalError:  {500, "Internal Server Error", "S fail_query_with_error"},
	badRequestBody: {400, "Bad Request: can't parse request body", "O the real one closes or reads nothing"},

	chatIDEmpty:     {400, "Bad Request: chat_id is empty", "S check_chat"},
	chatNotFound:    {400, "Bad Request: chat not found", "S TdOnCheckChatCallback"},
	chatUpgraded:    {400, "Bad Request: group chat was upgraded to a supergroup chat", "S check_chat_access"},
	kickedFromGroup: {403, "Forbidden: bot was kicked from the group chat", "S check_chat_access"},
	blockedByUser:   {403, "Forbidden: bot was blocked by the user", "S USER_IS_BLOCKED"},
	userDeactivated: {403, "Forbidden: user is deactivated", "S check_chat_access"},
	cannotInitiate:  {403, "Forbidden: bot can't initiate conversation with a user", "E"},
	threadNotFound:  {400, "Bad Request: message thread not found", "S check_message_topic"},
	notForum:        {400, "Bad Request: the chat is not a forum", "E"},
	topicNameEmpty:  {400, "Bad Request: TOPIC_TITLE_EMPTY", "K"},

	textEmpty:        {400, "Bad Request: message text is empty", "S get_input_message_text"},
	textBlank:        {400, "Bad Request: text must be non-empty", "E after entities parsing"},
	textTooLong:      {400, "Bad Request: message is too long", "E, D 4096 characters after entities parsing"},
	captionTooLong:   {400, "Bad Request: message caption is too long", "E, D 1024 characters"},
	entitiesBroken:   {400, "Bad Request: can't parse entities: %s", "S parseTextEntities"},
	parseModeUnknown: {400, "Bad Request: unsupported parse_mode", "S get_formatted_text"},
	entityListBroken: {400, "Bad Request: can't parse MessageEntity: %s", "S get_formatted_text"},

	markupNotJSON:   {400, "Bad Request: can't parse reply keyboard markup JSON object", "S get_reply_markup"},
	markupNotObject: {400, "Bad Request: object expected as reply markup", "S get_reply_markup"},
	inlineRowsBroken: {400, "Bad Request: field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array of Arrays",
		"S get_reply_markup"},
	inlineButtonBroken: {400, "Bad Request: can't parse inline keyboard button: %s", "S get_reply_markup"},
	inlineButtonText: {400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
		"S get_inline_keyboard_button_type; an empty callback_data too"},
	replyRowsBroken:       {400, "Bad Request: field \"keyboard\" must be an Array of Arrays", "S get_reply_markup"},
	replyButtonBroken:     {400, "Bad Request: can't parse keyboard button: %s", "S get_reply_markup"},
	buttonDataInvalid:     {400, "Bad Request: BUTTON_DATA_INVALID", "E, D 1-64 bytes"},
	buttonURLInvalid:      {400, "Bad Request: BUTTON_URL_INVALID", "E"},
	buttonTypeInvalid:     {400, "Bad Request: BUTTON_TYPE_INVALID", "E a web_app button outside a private chat"},
	markupTooLong:         {400, "Bad Request: reply markup is too long", "S REPLY_MARKUP_TOO_LONG; 100 buttons K"},
	replyNotFound:         {400, "Bad Request: message to be replied not found", "S check_reply_parameters"},
	replyParametersBroken: {400, "Bad Request: can't parse reply parameters JSON object", "S get_reply_parameters"},

	notModified: {400, "Bad Request: message is not modified: specified new message content and reply markup " +
		"are exactly the same as a current content and reply markup of the message", "S MESSAGE_NOT_MODIFIED"},
	editNotFound:    {400, "Bad Request: message to edit not found", "S check_message"},
	editForbidden:   {400, "Bad Request: message can't be edited", "E not own, or sent with a reply keyboard"},
	editNoText:      {400, "Bad Request: there is no text in the message to edit", "E"},
	editNoCaption:   {400, "Bad Request: there is no caption in the message to edit", "E"},
	editWrongMedia:  {400, "Bad Request: message content type can't be changed: %s", "K an album keeps its kind"},
	deleteNotFound:  {400, "Bad Request: message to delete not found", "S check_messages"},
	deleteForbidden: {400, "Bad Request: message can't be deleted", "S MESSAGE_DELETE_FORBIDDEN; 48 hours D"},
	idsMissing:      {400, "Bad Request: message identifiers are not specified", "S get_message_ids"},
	idsBroken:       {400, "Bad Request: can't parse message_ids JSON object", "S get_message_ids"},
	idsTooMany:      {400, "Bad Request: too many message identifiers specified", "S get_message_ids, D 100"},
	copyNotFound:    {400, "Bad Request: message to copy not found", "S process_copy_message_query"},
	copyForbidden:   {400, "Bad Request: message can't be copied", "K service messages"},
	forwardNotFound: {400, "Bad Request: message to forward not found", "S process_forward_message_query"},
	pinNotFound:     {400, "Bad Request: message to pin not found", "S check_message"},

	queryTooOld:   {400, "Bad Request: query is too old and response timeout expired or query ID is invalid", "S QUERY_ID_INVALID"},
	answerTooLong: {400, "Bad Request: MESSAGE_TOO_LONG", "K, D 200 characters"},

	noDocument:         {400, "Bad Request: there is no document in the request", "S process_send_document_query"},
	noPhoto:            {400, "Bad Request: there is no photo in the request", "S process_send_photo_query"},
	fileEmpty:          {400, "Bad Request: file must be non-empty", "E"},
	fileIDWrong:        {400, "Bad Request: wrong file identifier/HTTP URL specified", "E"},
	fileTooBigDownload: {400, "Bad Request: file is too big", "S do_get_file, 20 MB"},
	fileIDInvalid:      {400, "Bad Request: wrong file_id or the file is temporarily unavailable", "S on_update_file"},
	fileIDMissing:      {400, "Bad Request: file_id not specified", "S check_remote_file_id"},
	photoTooBig:        {400, "Bad Request: file is too big", "K, D 10 MB"},
	photoBroken:        {400, "Bad Request: IMAGE_PROCESS_FAILED", "E"},
	photoDimensions:    {400, "Bad Request: PHOTO_INVALID_DIMENSIONS", "E, D width + height 10000, ratio 20"},
	mediaNotJSON:       {400, "Bad Request: can't parse media JSON object", "S get_input_message_contents"},
	mediaNotArray:      {400, "Bad Request: expected an Array of InputMedia", "S get_input_message_contents"},
	mediaBroken:        {400, "Bad Request: can't parse InputMedia: %s", "S get_input_message_contents"},
	mediaCount:         {400, "Bad Request: wrong number of messages in the album", "K, D 2-10"},
	mediaMixed:         {400, "Bad Request: can't use the media of the specified type in the album", "S MEDIA_GROUPED_INVALID"},

	actionWrong:        {400, "Bad Request: wrong parameter action in request", "S process_send_chat_action_query"},
	commandsNotJSON:    {400, "Bad Request: can't parse commands JSON object", "S get_bot_commands"},
	commandsTooMany:    {400, "Bad Request: BOT_COMMANDS_TOO_MUCH", "K, D 100"},
	commandInvalid:     {400, "Bad Request: BOT_COMMAND_INVALID", "E, D 1-32 of a-z 0-9 _"},
	commandDescription: {400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID", "E, D 1-256 characters"},
	scopeBroken:        {400, "Bad Request: can't parse BotCommandScope: %s", "S get_bot_command_scope"},
	menuButtonBroken:   {400, "Bad Request: can't parse menu button: %s", "S get_bot_menu_button"},
	userNotFound:       {400, "Bad Request: user not found", "S TdOnGetUserCallback"},
	webResultBroken:    {400, "Bad Request: can't parse inline query result: expected an Object", "S get_inline_query_result"},
	userIDInvalid:      {400, "Bad Request: invalid user_id specified", "S get_user_id"},

	webhookActive: {409, "Conflict: can't use getUpdates method while webhook is active; " +
		"use deleteWebhook to delete the webhook first", "S process_get_updates_query"},
	pollTerminated: {409, "Conflict: terminated by other getUpdates request; " +
		"make sure that only one bot instance is running", "S abort_long_poll"},
	pollTerminatedByWebhook: {409, "Conflict: terminated by setWebhook request", "S abort_long_poll"},
	webhookURLInvalid:       {400, "Bad Request: invalid webhook URL specified", "S do_set_webhook"},
	webhookHTTPS:            {400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook", "S WebhookActor; http to loopback is let through"},
	webhookElsewhere:        {400, "Bad Request: bad webhook: the emulator delivers to loopback only", "O"},
	secretTooLong:           {400, "Bad Request: secret token is too long", "S do_set_webhook, 256"},
	secretCharacters:        {400, "Bad Request: secret token contains unallowed characters", "S do_set_webhook"},
}

// APIError is an answer with ok = false.
type APIError struct {
	Code        int
	Description string
	RetryAfter  int   // seconds, of a 429
	MigrateTo   int64 // the supergroup a group became
}

// Error is the description as the Bot API words it.
func (e *APIError) Error() string { return e.Description }

// refuse makes the error of a problem; args fill its text.
func refuse(p problem, args ...any) *APIError {
	row, ok := problems[p]
	if !ok {
		row = problems[internalError]
	}
	text := row.text
	if len(args) > 0 {
		text = fmt.Sprintf(text, args...)
	}
	return &APIError{Code: row.code, Description: text}
}

// refuseFor makes a 429 that asks to wait.
func refuseFor(seconds int) *APIError {
	err := refuse(tooMany, seconds)
	err.RetryAfter = seconds
	err.Code = http.StatusTooManyRequests
	return err
}
