// Package mail gives the files that letters carry: of internet messages (.eml), of
// messages saved by Outlook (.msg, MS-OXMSG) and of the container that Exchange
// makes (winmail.dat, MS-OXTNEF). Letters attached to letters are opened; what
// comes with every letter of its sender (logos, signatures, calendars) is left out.
//
// Internet messages and winmail.dat are opened by package letter.
//
// In: bytes. Out: names and bytes of the attachments, one after the other. The text
// of the letter itself is not given, nor objects of OLE drawn into it.
package mail
