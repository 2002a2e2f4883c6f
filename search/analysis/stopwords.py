"""Words that carry no meaning alone, folded. They still count between quotation marks, or asked alone."""

FRENCH = """
a afin ai ainsi alors apres au aucun aucune aussi autre autres aux avec avez avons ayant c ca car ce ceci cela celle
celles celui cependant ces cet cette ceux chaque chez comme comment d dans de depuis des deux donc dont du elle elles
en encore entre es est et etaient etait etant etes etre eu eux fait font furent fut hors il ils j je jusqu jusque l la
le les leur leurs lors lui m ma mais me meme memes mes mon n ne ni non nos notre nous on ont ou par parmi pas pendant
peu peut peuvent plus pour pourquoi pres puis qu quand que quel quelle quelles quels qui quoi s sa sans se sera seront
ses si sien soit son sont sous sur t ta tandis te tel telle telles tels tes toi ton tous tout toute toutes tres tu un
une vers voici voila vos votre vous y
"""

ENGLISH = """
a about after all also am an and any are as at be been before being between both but by can could d did do does doing
down during each few for from further had has have having he her here hers him his how i if in into is it its itself
just ll me more most my no nor not now of off on once only or other our out over own re s same she should so some such
t than that the their them then there these they this those through to too under until up ve very was we were what
when where which while who whom why will with would you your
"""

STOP_WORDS = {"fr": frozenset(FRENCH.split()), "en": frozenset(ENGLISH.split())}
