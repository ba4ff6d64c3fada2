/** The words of the mock's language, most common first; the first hundred or so are in the head of every position. */
export const words: readonly string[] = `
the of and to a in is it that for you was on are with as I be at by this have from or not no yes but what all were
when we there can an your which their if will each about how up out them then she many some so these would other
into has more her two like him see time could make than first been its who now people my made over did down only way
find use may water long little very after words called just where most know get through back much go good new write
our me man too any day same right look think also around another came come work three word must because does part
even place well such here take why things help put years different away again off went old number great tell men say
small every found still between name should home big give air line set own under read last never us left end along
while might next sound below saw something thought both few those always looked show large often together asked
house world going want school important until form food keep children feet land side without boy once animals life
enough took sometimes four head above kind began almost live page got earth need far hand high year mother light
parts country father let night following picture being study second soon story since white days ever paper hard near
sentence better best across during today others however sure means knew try told young miles sun ways thing whole
hear example heard several change answer room sea against top turned learn point city play toward five using himself
usually money seen car morning given order red door among cut grow ground black true false plan figure certain field
travel wood fire done road half ten fly gave box finally wait correct quickly person became shown minutes strong
verb stars front feel fact inches street decided contain course surface produce building ocean class note nothing
rest carefully scientists inside wheels stay green known island week less machine base ago stood plane system behind
ran round boat game force brought understand warm common bring explain dry though language shape deep thousands
clear equation yet government filled heat full hot check object am rule noun power cannot able six size dark ball
material special heavy fine pair circle include built matter square perhaps bill felt suddenly test direction center
farmers ready anything divided general energy subject region return believe dance members picked simple cells paint
mind love cause rain exercise eggs train blue wish drop developed window difference distance heart sit sum summer
wall forest probably legs sat main winter wide written length reason kept interest arms brother race present
beautiful store job edge past sign record finished discovered wild happy beside gone sky glass million west lay
weather root instruments meet third months paragraph raised represent soft whether clothes flowers shall teacher
held describe drive cross speak solve appear metal son either ice sleep village factors result jumped snow ride care
floor hill pushed baby buy century outside everything tall already instead phrase soil bed copy free hope spring
case laughed nation quite type themselves temperature bright lead everyone method section lake iron within
dictionary hair age amount scale pounds although per broken moment tiny possible gold milk quiet natural lot stone
act build middle speed count cat someone sail rolled bear wonder smiled angle fraction africa killed melody bottom
trip hole poor fight surprise french died beat exactly remain dress cost document user query item score label token
model engine batch cache prompt attention layer weight refund customer relevant irrelevant positive negative maybe
bad low medium question review product service support policy delivery account payment error request response server
client latency throughput memory device kernel compile trace sample measure compare baseline candidate verdict
evidence tolerance precision gate run suite report search rank retrieve passage article summary translate code
function value string list table column row index key
`
  .trim()
  .split(/\s+/)
